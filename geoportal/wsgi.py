import gc
import os

from django.core.wsgi import get_wsgi_application

from geoportal.whole import whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
application = whole(get_wsgi_application())

# What was loaded by now stays for the life of the process: the collector need not walk through it again and again in
# the middle of answers (it cost a tenth of them several milliseconds).
gc.collect()
gc.freeze()
