"""gunicorn's settings, for `bin/serve` and for a team's server alike (docs/deployment.md)."""

import os
import sys

from lawsuit import environment

wsgi_app = "lawsuit.wsgi"
bind = environment.text("TECUM_LISTEN", "127.0.0.1:8000")
worker_class = "gthread"
workers = environment.number("TECUM_WEB_WORKERS", 2, least=1)
threads = environment.number("TECUM_WEB_THREADS", 4, least=1)
# Each worker loads the application itself: a database connection or a font cache must not be shared across a fork.
preload_app = False
timeout = 120
graceful_timeout = 8
keepalive = 5
max_requests = 5_000
max_requests_jitter = 500
# The heartbeat file must not wait for a slow disk.
MEMORY = "/dev/shm"  # noqa: S108 - gunicorn makes a private, unlinked file in it
worker_tmp_dir = MEMORY if sys.platform == "linux" and os.access(MEMORY, os.W_OK) else None
# A control socket in the home folder serves nobody here, and two installations would fight over it.
control_socket_disable = True
forwarded_allow_ips = environment.text("TECUM_PROXIES", "127.0.0.1,::1")
accesslog = "-"
# No query strings, referrers or cookies: they can name what a case is about.
access_log_format = '%(h)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms'
