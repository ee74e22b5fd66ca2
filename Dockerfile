# The same recipe as on any Debian 12: ./portal setup. Alone, the image runs the portal with its private database
# in /data; with DATABASE_URL it uses that one (docker-compose.yml).
FROM debian:12

RUN useradd --create-home --home-dir /data geoportal
WORKDIR /srv/geoportal

# What changes rarely first, so that an edited page does not install everything again.
COPY portal package.json package-lock.json .npmrc requirements.lock requirements-dev.lock ./
COPY launcher ./launcher
RUN ./portal setup --yes

COPY . .
RUN ./portal setup --yes

USER geoportal
ENV PORTAL_DATA=/data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=5m --interval=30s \
    CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=5)"]
CMD ["./portal", "run", "--yes", "--host", "0.0.0.0"]
