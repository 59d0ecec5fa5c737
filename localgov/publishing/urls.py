"""Addresses of the room."""

from django.urls import path

from localgov.publishing.views import documents, duties, editing, lists, pages, pictures, queue, status

app_name = "publishing"
urlpatterns = [
    path("queue/", queue.CheckQueue.as_view(), name="queue"),
    path("queue/check/", queue.CheckMany.as_view(), name="queue-many"),
    path("queue/<int:pk>/", queue.CheckItem.as_view(), name="queue-item"),
    path("news/", lists.NewsList.as_view(), name="news-list"),
    path("news/add/", editing.NewsAdd.as_view(), name="news-add"),
    path("products/", lists.ProductList.as_view(), name="product-list"),
    path("products/add/", editing.ProductAdd.as_view(), name="product-add"),
    path("places/", lists.PlaceList.as_view(), name="place-list"),
    path("places/add/", editing.PlaceAdd.as_view(), name="place-add"),
    path("items/<int:pk>/", pages.ItemDetail.as_view(), name="item-detail"),
    path("items/<int:pk>/edit/", editing.ItemEdit.as_view(), name="item-edit"),
    path("items/<int:pk>/delete/", pages.ItemDelete.as_view(), name="item-delete"),
    path("items/<int:pk>/restore/", pages.ItemRestore.as_view(), name="item-restore"),
    path("items/<int:pk>/display/", pages.ItemDisplay.as_view(), name="item-display"),
    path("pictures/<int:pk>/", pictures.OwnPicture.as_view(), name="picture"),
    path("documents/<int:pk>/", documents.OwnDocument.as_view(), name="document"),
    path("status/", status.EntryStatus.as_view(), name="entry-status"),
    path("status/<str:province_code>/", status.EntryStatusDetail.as_view(), name="entry-status-detail"),
    path("deadlines/", duties.EntryDutyList.as_view(), name="entry-duty-list"),
    path("deadlines/<int:fiscal_year>/", duties.EntryDutyEdit.as_view(), name="entry-duty"),
]
