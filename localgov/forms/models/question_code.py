"""The permanent list of question codes."""

from django.db import models


class QuestionCode(models.Model):
    """A code of a form, for ever: labels change by version, its meaning (type and unit) never; retired, never reused."""

    form_code = models.CharField(max_length=60)
    code = models.CharField(max_length=80)
    data_type = models.CharField(max_length=30)
    unit = models.CharField(max_length=60, blank=True)
    register = models.CharField(max_length=80, blank=True)
    first_version = models.ForeignKey("forms.FormVersion", on_delete=models.PROTECT, related_name="+")
    retired_in = models.ForeignKey("forms.FormVersion", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form_code", "code"], name="question_code_once")]

    def __str__(self) -> str:
        return f"{self.form_code}:{self.code}"
