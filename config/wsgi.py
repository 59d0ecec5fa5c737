"""The WSGI entry that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
# What was loaded lives as long as the process: the collector need not look at it again and again, nor so often.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
