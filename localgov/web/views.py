"""The shell's own pages."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views import View


class Health(View):
    """200 with JSON once the process can serve and reach its database; 503 otherwise."""

    public = True

    def get(self, request: HttpRequest) -> JsonResponse:
        """Ask the database one question."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return JsonResponse({"status": "ok"})
