# The clinic in an image. It needs a secret, a name, and PostgreSQL behind DATABASE_URL; a proxy in front speaks TLS:
#   docker build -t assuage . && docker run --read-only --tmpfs /tmp --cap-drop ALL -p 127.0.0.1:8020:8020 \
#     -e ASSUAGE_CLINIC_SECRET_FILE=/run/secrets/clinic -e ASSUAGE_CLINIC_HOSTS=clinic.example \
#     -e DATABASE_URL -v /path/to/secret:/run/secrets/clinic:ro assuage
FROM python:3.11-slim AS build
WORKDIR /build
COPY locks/bootstrap.lock locks/clinic.lock ./locks/
RUN python -m venv /opt/assuage \
 && /opt/assuage/bin/pip install --no-cache-dir --require-hashes -r locks/clinic.lock
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY src ./src
COPY examples ./examples
RUN /opt/assuage/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home assuage
COPY --from=build /opt/assuage /opt/assuage
USER 10001
WORKDIR /data
VOLUME /data
ENV PYTHONUNBUFFERED=1 PATH=/opt/assuage/bin:$PATH
EXPOSE 8020
HEALTHCHECK CMD ["python", "-c", "import socket; socket.create_connection(('127.0.0.1', 8020), 3).close()"]
CMD ["assuage", "serve", "--host", "0.0.0.0", "--data", "/data"]
