"""Addresses of the room: the country, its regions, provinces and districts, the domains and their questions, every unit."""

from __future__ import annotations

from django.urls import path

from localgov.portal.views import (
    areas,
    domain_files,
    domains,
    home,
    unit,
    unit_domain,
    unit_files,
    unit_list,
    unit_registers,
    unit_suggestions,
)

app_name = "portal"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("regions/<slug:slug>/", areas.Region.as_view(), name="region"),
    path("provinces/<str:code>/", areas.Province.as_view(), name="province"),
    path("districts/<str:code>/", areas.District.as_view(), name="district"),
    path("domains/<int:number>/", domains.DomainFigures.as_view(), name="domain"),
    path("domains/<int:number>.csv", domain_files.DomainCsv.as_view(), name="domain-csv"),
    path("domains/<int:number>.json", domain_files.DomainJson.as_view(), name="domain-json"),
    path("domains/<int:number>/<slug:slug>/", domains.QuestionFigures.as_view(), name="question"),
    path("domains/<int:number>/<slug:slug>.csv", domain_files.QuestionCsv.as_view(), name="question-csv"),
    path("domains/<int:number>/<slug:slug>.json", domain_files.QuestionJson.as_view(), name="question-json"),
    path("units/", unit_list.UnitList.as_view(), name="unit-list"),
    path("units.csv", unit_list.UnitTable.as_view(), name="unit-table"),
    path("units.json", unit_list.UnitData.as_view(), name="unit-data"),
    path("units/suggestions.json", unit_suggestions.UnitSuggestions.as_view(), name="unit-suggestions"),
    path("units/<str:code>/", unit.Unit.as_view(), name="unit"),
    path("units/<str:code>/domains/<int:number>/", unit_domain.UnitDomain.as_view(), name="unit-domain"),
    path("units/<str:code>/figures.csv", unit_files.UnitFiguresCsv.as_view(), name="unit-figures-csv"),
    path("units/<str:code>/figures.json", unit_files.UnitFiguresJson.as_view(), name="unit-figures-json"),
    path("units/<str:code>/registers/<slug:slug>/", unit_registers.UnitRegister.as_view(), name="unit-register"),
    path(
        "units/<str:code>/registers/<slug:slug>.csv", unit_registers.UnitRegisterCsv.as_view(), name="unit-register-csv"
    ),
    path(
        "units/<str:code>/registers/<slug:slug>.json",
        unit_registers.UnitRegisterJson.as_view(),
        name="unit-register-json",
    ),
]
