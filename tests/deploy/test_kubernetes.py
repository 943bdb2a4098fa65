"""deploy/k8s names what the code has, and every overlay is what a cluster with restricted pods accepts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import kubernetes_validate
import pytest
import yaml

from ekel.deployables import DEPLOYABLES
from support import commands
from support.deployment import Role, documents, readable, roles, settings
from tools import crds, kubernetes, kustomize

ROLES = roles()
BASE = documents("base")
OVERLAYS = ("small", "production")
VERSIONS = ("1.31", "1.37")  # of Kubernetes: the oldest and the newest that are supported
CUSTOM = ("kafka.strimzi.io", "mongodbcommunity.mongodb.com", "keda.sh", "monitoring.coreos.com")
UNJUDGED = {"kafka.strimzi.io"}  # its schemas are in no package: tools/crds
Object = dict[str, Any]


def _of(kind: str, objects: list[Object] | None = None) -> dict[str, Object]:
    found = BASE if objects is None else objects
    return {each["metadata"]["name"]: each for each in found if each["kind"] == kind}


def test_every_role_is_a_deployment_with_a_disruption_budget() -> None:
    assert set(_of("Deployment")) == set(ROLES)
    assert set(_of("PodDisruptionBudget")) == set(ROLES)
    assert set(_of("Service")) == {name for name, role in ROLES.items() if role.public}


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_a_deployment_has_the_ports_of_its_role(role: Role) -> None:
    container = _of("Deployment")[role.name]["spec"]["template"]["spec"]["containers"][0]
    wanted = {"internal": role.internal} | ({"http": role.public} if role.public else {})

    assert container["args"] == [role.kind]
    assert container["image"] == f"ekelurahan/{role.deployable}:0.4.0"
    assert container["envFrom"] == [{"configMapRef": {"name": f"ekel-{role.deployable}"}}]
    assert {port["name"]: port["containerPort"] for port in container["ports"]} == wanted
    if role.public:
        ports = _of("Service")[role.name]["spec"]["ports"]
        assert {port["name"]: port["port"] for port in ports} == wanted


@pytest.mark.parametrize("deployable", sorted({role.deployable for role in ROLES.values()}))
def test_a_config_map_holds_settings_that_are_read_and_good(
    deployable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data: dict[str, str] = _of("ConfigMap")[f"ekel-{deployable}"]["data"]
    secret = {"EKEL_DOCUMENTS_URL": "x://x", "EKEL_OBJECTS_URL": "x://x"}  # files of the Secret ekel-engines
    for name, value in {**secret, **data}.items():
        monkeypatch.setenv(name, value)

    known = settings(deployable)()

    assert set(data) <= readable(deployable)
    assert known.env == "production"
    used = {getattr(known, name) for name in type(known).model_fields if name.endswith("_bind")}
    ports = {role.internal for role in ROLES.values() if role.deployable == deployable}
    assert {int(bind.rpartition(":")[2]) for bind in used} >= ports
    assert all(bind.startswith("0.0.0.0:") for bind in used)


def test_the_migration_reads_settings_that_exist() -> None:
    every = set().union(*(readable(deployable) for deployable in (*DEPLOYABLES, "frontend")))

    assert set(_of("ConfigMap")["ekel-migrate"]["data"]) <= every


def test_jobs_call_the_command_with_words_that_it_knows() -> None:
    called = {
        name: each["args"]
        for name, pod in _jobs(BASE)
        for each in pod["containers"]
        if each["image"].startswith("ekelurahan/cli:") and name != "operator"  # which sleeps
    }

    assert set(called) == {"migrate", "erasures", "check"}
    assert {name: commands.wrong(words) for name, words in called.items()} == dict.fromkeys(called, "")


def test_topics_and_users_follow_from_the_contracts() -> None:
    assert {file: file.read_text() for file in kubernetes.files()} == kubernetes.files()


def test_workers_are_scaled_by_the_lag_of_their_own_group() -> None:
    objects = documents("components/scaling")
    scaled = {
        each["spec"]["scaleTargetRef"]["name"]: each["spec"]["triggers"][0]["metadata"]["consumerGroup"]
        for each in objects
        if each["kind"] == "ScaledObject"
    }
    by_cpu = {
        each["spec"]["scaleTargetRef"]["name"] for each in _of("HorizontalPodAutoscaler", objects).values()
    }

    assert scaled == {f"{deployable}-worker": deployable for deployable in DEPLOYABLES}
    assert by_cpu == {name for name, role in ROLES.items() if role.kind == "http"}


@pytest.mark.needs_kustomize
@pytest.mark.parametrize("overlay", OVERLAYS)
class TestOverlay:
    def test_it_fits_the_schemas_of_every_supported_version(self, overlay: str) -> None:
        for each in _built(overlay):
            if _group(each) in CUSTOM:
                continue
            for version in VERSIONS:
                kubernetes_validate.validate(each, version, strict=True)

    @pytest.mark.needs_crds
    def test_objects_of_operators_fit_their_schemas(self, overlay: str) -> None:
        theirs = [each for each in _built(overlay) if _group(each) in crds.groups()]

        assert {_group(each) for each in theirs} == set(CUSTOM) - UNJUDGED - (
            {"keda.sh"} if overlay == "small" else set()
        )
        assert [wrong for each in theirs for wrong in crds.complaints(each)] == []

    def test_every_container_is_restricted_and_limited(self, overlay: str) -> None:
        for name, pod in _pods(overlay):
            assert pod["securityContext"]["runAsNonRoot"], name
            assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
            assert not pod["automountServiceAccountToken"], name
            for each in [*pod["containers"], *pod.get("initContainers", [])]:
                inside = each["securityContext"]
                assert not inside["allowPrivilegeEscalation"], name
                assert inside["readOnlyRootFilesystem"], name
                assert inside["capabilities"] == {"drop": ["ALL"]}, name
                assert each["resources"]["limits"]["memory"], name
                assert set(each["resources"]["requests"]) >= {"cpu", "memory"}, name
                assert ":" in each["image"], name
                assert not each["image"].endswith(":latest"), name

    def test_every_role_is_probed_on_its_internal_port(self, overlay: str) -> None:
        for name, pod in _pods(overlay):
            if name in ROLES:
                container = pod["containers"][0]
                probes = {
                    kind: container[f"{kind}Probe"]["httpGet"]
                    for kind in ("startup", "liveness", "readiness")
                }
                assert {probe["port"] for probe in probes.values()} == {"internal"}
                assert probes["readiness"]["path"] == "/readyz"
                assert probes["liveness"]["path"] == "/healthz"

    def test_what_is_mounted_is_declared_and_everything_is_denied_first(self, overlay: str) -> None:
        objects = _built(overlay)
        claims = set(_of("PersistentVolumeClaim", objects))
        for name, pod in _pods(overlay):
            volumes = {volume["name"]: volume for volume in pod.get("volumes", [])}
            templates = {"data"}  # of stateful sets
            for each in [*pod["containers"], *pod.get("initContainers", [])]:
                assert {m["name"] for m in each.get("volumeMounts", [])} <= set(volumes) | templates, name
            wanted = {
                v["persistentVolumeClaim"]["claimName"]
                for v in volumes.values()
                if "persistentVolumeClaim" in v
            }
            assert wanted <= claims, name
        assert _of("NetworkPolicy", objects)["deny"]["spec"] == {
            "podSelector": {},
            "policyTypes": ["Ingress", "Egress"],
        }

    def test_engines_can_be_had_before_roles_and_migration(self, overlay: str) -> None:
        """By the labels that the restore in docs/operations.md leaves out."""
        labels = {
            (each["kind"], each["metadata"]["name"]): each["metadata"].get("labels", {})
            for each in _built(overlay)
        }
        left_out = {key for key, has in labels.items() if "ekelurahan.id/role" in has}
        left_out |= {key for key, has in labels.items() if has.get("app.kubernetes.io/name") == "migrate"}

        assert left_out == {("Job", "migrate"), *(("Deployment", name) for name in ROLES)}

    def test_the_pages_hold_no_password_of_an_engine(self, overlay: str) -> None:
        pod = dict(_pods(overlay))["frontend-http"]

        secrets = {v["secret"]["secretName"] for v in pod["volumes"] if "secret" in v}
        assert secrets == {"ekel-frontend"}

    def test_acknowledged_events_survive_what_the_overlay_promises(self, overlay: str) -> None:
        topics = _of("KafkaTopic", _built(overlay)).values()
        brokers = _of("KafkaNodePool", _built(overlay))["broker"]["spec"]["replicas"]

        for topic in topics:
            config = topic["spec"]["config"]
            assert topic["spec"]["replicas"] == brokers
            assert config["unclean.leader.election.enable"] == "false"
            assert (
                config.get("flush.messages") == "1" if brokers == 1 else config["min.insync.replicas"] == "2"
            )


@pytest.mark.needs_crds
def test_a_misspelt_field_of_an_operators_object_is_found() -> None:
    (right,) = [each for each in documents("components/mongodb") if _group(each) in crds.groups()]
    wrong = {**right, "spec": {**right["spec"], "member": 3}}

    assert crds.complaints(right) == []
    assert "'member' was unexpected" in crds.complaints(wrong)[0]


def _group(each: Object) -> str:
    return str(each["apiVersion"]).partition("/")[0]


@cache
def _built(overlay: str) -> list[Object]:
    return list(yaml.safe_load_all(kustomize.overlay(overlay)))


def _pods(overlay: str) -> Iterator[tuple[str, Object]]:
    for each in _built(overlay):
        if each["kind"] in {"Deployment", "StatefulSet"}:
            yield each["metadata"]["name"], each["spec"]["template"]["spec"]
    yield from _jobs(_built(overlay))


def _jobs(objects: list[Object]) -> Iterator[tuple[str, Object]]:
    for each in objects:
        if each["kind"] == "Job":
            yield each["metadata"]["name"], each["spec"]["template"]["spec"]
        elif each["kind"] == "CronJob":
            yield each["metadata"]["name"], each["spec"]["jobTemplate"]["spec"]["template"]["spec"]
