"""Addresses that the public reads, in two languages. The officers' are in `desk_urls`."""

from django.urls import path

from localgov.travel.views import events, feeds, front, item, lists, near, problem_form, suggestions

app_name = "travel"
urlpatterns = [
    path("", front.Home.as_view(), name="home"),
    path("suggestions.json", suggestions.ItemSuggestions.as_view(), name="suggestions"),
    path("search/", lists.ItemSearchPage.as_view(), name="search"),
    path("provinces/<str:code>/", lists.ProvinceItems.as_view(), name="province"),
    path("near/", near.Near.as_view(), name="near"),
    path("near/<str:code>.svg", near.PickerPicture.as_view(), name="picker-picture"),
    path("calendar/", events.CalendarMonth.as_view(), name="calendar"),
    path("calendar/<str:code>.ics", events.CalendarFile.as_view(), name="calendar-file"),
    path("news/<str:code>.atom", feeds.NewsFeed.as_view(), name="news-feed"),
    path("news/<int:pk>.ics", events.EventFile.as_view(), name="event-file"),
    path("thanks/<str:slug>/", problem_form.ProblemThanks.as_view(), name="problem-thanks"),
    path("<str:kind>/", lists.ItemList.as_view(), name="item-list"),
    path("<str:kind>/<int:pk>/", item.ItemDetail.as_view(), name="item"),
    path("<str:kind>/<int:pk>/problem/", problem_form.ProblemReport.as_view(), name="problem-report"),
]
