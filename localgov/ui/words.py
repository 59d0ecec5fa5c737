"""Words that a person reads: Thai, or on public pages a text that is looked up in the page's language when it is printed."""

from django.utils.functional import Promise

Words = str | Promise
