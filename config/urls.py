"""All addresses. Each room has its own module; every view declares `permission` or `public` (the door refuses the rest)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("localgov.web.urls")),
    path("", include("localgov.ui.urls")),
    path("jobs/", include("localgov.jobs.urls")),
    path("accounts/", include("localgov.accounts.urls")),
    path("register/", include("localgov.organisations.urls")),
    path("forms/", include("localgov.forms.urls")),
    path("rounds/", include("localgov.rounds.urls")),
    path("filings/", include("localgov.filings.urls")),
    path("certification/", include("localgov.certification.urls")),
    path("directory/", include("localgov.directory.urls")),
    path("publishing/", include("localgov.publishing.urls")),
    path("scores/", include("localgov.scoring.urls")),
    path("monitoring/", include("localgov.monitoring.urls")),
    path("notices/", include("localgov.notices.urls")),
    path("letters/", include("localgov.reports.urls")),
    path("mail/", include("localgov.notices.mail_urls")),
    path("audit/", include("localgov.inspection.urls")),
    path("downloads/", include("localgov.library.urls")),
    path("travel/problems/", include("localgov.travel.desk_urls")),
    path("travel/pictures/", include("localgov.publishing.public_urls")),
    path("travel/documents/", include("localgov.publishing.document_urls")),
    path("help/", include("localgov.library.help_urls")),
    path("", include("localgov.web.robot_urls")),
]

#: What everyone may read, in Thai at these addresses and in English under /en/ (`web.middleware.PublicMiddleware`).
urlpatterns += i18n_patterns(
    path("", include("localgov.portal.urls")),
    path("travel/", include("localgov.travel.urls")),
    path("", include("localgov.directory.public_urls")),
    path("certificates/", include("localgov.certification.public_urls")),
    path("audit/", include("localgov.inspection.public_urls")),
    path("", include("localgov.web.public_urls")),
    prefix_default_language=False,
)

handler400 = "localgov.web.errors.bad_request"
handler403 = "localgov.web.errors.permission_denied"
handler404 = "localgov.web.errors.not_found"
handler500 = "localgov.web.errors.server_error"
