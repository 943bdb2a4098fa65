# One image per deployable: docker build --build-arg DEPLOYABLE=pengajuan -t ekelurahan/pengajuan:0.4.0 .
# DEPLOYABLE: pengajuan, dokumen, persetujuan, notifikasi, gateway, frontend, or cli (the `ekel` command).
# Any image with Python 3.11 or newer as `python` will do as a base.
ARG PYTHON_IMAGE=python:3.13-slim

# Every wheel once, checked against the locked hashes; all deployables are installed from this stage.
FROM ${PYTHON_IMAGE} AS wheels
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements/build.txt requirements/runtime.txt requirements/production.txt requirements/
RUN python -m venv /build \
    && /build/bin/pip install --no-cache-dir --quiet --require-hashes -r requirements/build.txt \
    && /build/bin/pip download --no-cache-dir --quiet --require-hashes --only-binary :all: --dest /wheels \
        -r requirements/runtime.txt -r requirements/production.txt
COPY libs libs
COPY services services
COPY gateway gateway
COPY frontend frontend
COPY cli cli
RUN /build/bin/pip wheel --no-cache-dir --quiet --no-deps --no-build-isolation --wheel-dir /wheels \
        ./libs/* ./services/* ./gateway ./frontend ./cli

# Only what this deployable declares, and from nowhere else.
FROM wheels AS installed
ARG DEPLOYABLE
COPY deploy/image/start deploy/image/healthcheck.py /src/image/
RUN test -n "${DEPLOYABLE}" \
    && case "${DEPLOYABLE}" in frontend) engines= ;; *) engines="ekelurahan-engines[production]" ;; esac \
    && python -m venv --without-pip /opt/ekel \
    && /build/bin/pip --python /opt/ekel/bin/python install --no-cache-dir --quiet --no-index \
        --find-links /wheels --compile "ekelurahan-${DEPLOYABLE}" ${engines:+"${engines}"} \
    && install -m 0755 image/start image/healthcheck.py /opt/ekel/bin/ \
    && printf '%s\n' "${DEPLOYABLE}" > /opt/ekel/deployable
COPY contracts /opt/ekel/contracts

FROM ${PYTHON_IMAGE}
ARG DEPLOYABLE
LABEL org.opencontainers.image.title="e-Kelurahan ${DEPLOYABLE}" \
      org.opencontainers.image.licenses="Apache-2.0"
# A user without a name in most bases, so by number; /data and /keys are the only places that are written to.
RUN mkdir -m 0700 /data /keys && chown 10001:10001 /data /keys
COPY --from=installed /opt/ekel /opt/ekel
ENV PATH=/opt/ekel/bin:${PATH} \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    EKEL_CONTRACTS=/opt/ekel/contracts EKEL_DATA=/data EKEL_KEYS=/keys
USER 10001:10001
WORKDIR /data
ENTRYPOINT ["/opt/ekel/bin/start"]
CMD ["--help"]
HEALTHCHECK --interval=10s --timeout=10s --start-period=180s --retries=6 \
    CMD ["/opt/ekel/bin/healthcheck.py"]
