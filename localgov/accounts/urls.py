"""Addresses of the room. Those that django-allauth looks up keep its names; of its other pages none is routed."""

from django.urls import include, path

from localgov.accounts.views import exceptions, issuing, people, positions, roles, signing, training

_room = [
    path("people/", people.PeopleList.as_view(), name="people-list"),
    path("people/new/", people.PersonAdd.as_view(), name="person-add"),
    path("people/<int:pk>/", people.PersonDetail.as_view(), name="person-detail"),
    path("people/<int:pk>/edit/", people.PersonEdit.as_view(), name="person-edit"),
    path("people/<int:pk>/code/", people.PersonCode.as_view(), name="person-code"),
    path("people/<int:pk>/close/", people.PersonClose.as_view(), name="person-close"),
    path("people/<int:pk>/open/", people.PersonOpen.as_view(), name="person-open"),
    path("people/<int:pk>/seat/", positions.OfficerSeat.as_view(), name="officer-seat"),
    path("issue/", issuing.Issue.as_view(), name="issue"),
    path("issue/all/", issuing.IssueAll.as_view(), name="issue-all"),
    path("issue/<str:province_code>/", issuing.IssueProvince.as_view(), name="issue-province"),
    path("issue/<str:province_code>/again/", issuing.IssueAgain.as_view(), name="issue-again"),
    path("executives/", positions.ExecutiveList.as_view(), name="executive-list"),
    path("executives/<str:code>/", positions.ExecutiveDetail.as_view(), name="executive-detail"),
    path("exceptions/<str:code>/", exceptions.ExceptionDetail.as_view(), name="exception-detail"),
    path("exceptions/<int:pk>/end/", exceptions.ExceptionEnd.as_view(), name="exception-end"),
    path("positions/<int:pk>/end/", positions.PositionEnd.as_view(), name="position-end"),
    path("officers/", positions.OfficerList.as_view(), name="officer-list"),
    path("officers/new/", positions.OfficerAdd.as_view(), name="officer-add"),
    path("training/", training.TrainingAccounts.as_view(), name="training"),
    path("roles/", roles.RoleMatrix.as_view(), name="role-matrix"),
]

urlpatterns = [
    path("login/", signing.SignIn.as_view(), name="account_login"),
    path("logout/", signing.SignOut.as_view(), name="account_logout"),
    path("password/", signing.PasswordChange.as_view(), name="account_change_password"),
    path("", include((_room, "accounts"))),
]
