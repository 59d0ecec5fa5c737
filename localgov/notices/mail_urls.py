"""Addresses of e-mails and reminders."""

from django.urls import path

from localgov.notices.views import mails, reminders

app_name = "mail"
urlpatterns = [
    path("", mails.MailList.as_view(), name="mail-list"),
    path("retry/", mails.MailRetryMany.as_view(), name="mail-retry-many"),
    path("<int:pk>/", mails.MailDetail.as_view(), name="mail-detail"),
    path("<int:pk>/retry/", mails.MailRetry.as_view(), name="mail-retry"),
    path("reminders/", reminders.ReminderList.as_view(), name="reminder-list"),
    path("reminders/<int:pk>/plan/", reminders.ReminderPlanEdit.as_view(), name="reminder-plan"),
    path("accounts/", mails.AccountMailList.as_view(), name="account-list"),
    path("accounts/send/", mails.AccountSendAll.as_view(), name="account-send-all"),
    path("accounts/<str:province_code>/send/", mails.AccountSend.as_view(), name="account-send"),
    path("accounts/<str:province_code>/address/", mails.AccountAddress.as_view(), name="account-address"),
]
