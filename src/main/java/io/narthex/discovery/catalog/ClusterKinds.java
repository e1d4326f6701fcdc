package io.narthex.discovery.catalog;

import static io.narthex.config.FieldTypes.BOOL;
import static io.narthex.config.FieldTypes.DURATION;
import static io.narthex.config.FieldTypes.FILE;
import static io.narthex.config.FieldTypes.SECRET;
import static io.narthex.config.FieldTypes.STRING;
import static io.narthex.config.ListTypes.STRINGS;

import io.narthex.config.Section;
import io.narthex.config.Shape;
import io.narthex.io.http.HttpClientCheck;
import io.narthex.io.http.HttpClientShape;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Schedulers of containers, but for Kubernetes.
final class ClusterKinds {

  static final Map<String, Shape> SHAPES =
      Map.of(
          "kubernetes_sd_configs", KubernetesKind.SHAPE,
          "docker_sd_configs", docker(),
          "dockerswarm_sd_configs", dockerswarm(),
          "nomad_sd_configs", nomad(),
          "marathon_sd_configs", marathon(),
          "kuma_sd_configs", kuma());

  private ClusterKinds() {}

  private static Shape docker() {
    Shape.Builder builder = Kinds.overHttp("moby").shown("host", STRING, "");
    Kinds.port(builder, 80)
        .shown("filters", Kinds.filters("moby"), List.of())
        .shown("host_networking_host", STRING, "localhost");
    Kinds.refresh(builder, 60)
        .shown("match_first_network", BOOL, true)
        .check(ClusterKinds::dockerHost);
    return Kinds.checkedOverHttp(builder);
  }

  private static Section dockerHost(Section section) {
    Kinds.require(section, "host", "host missing");
    Kinds.parsed(section, "host", "");
    return section;
  }

  private static Shape dockerswarm() {
    Shape.Builder builder =
        Kinds.overHttp("moby").shown("host", STRING, "").shown("role", STRING, "");
    Kinds.port(builder, 80).shown("filters", Kinds.filters("moby"), List.of());
    Kinds.refresh(builder, 60).check(ClusterKinds::dockerHost).check(ClusterKinds::swarmRole);
    return Kinds.checkedOverHttp(builder);
  }

  private static Section swarmRole(Section section) {
    Kinds.require(section, "role", "role missing (one of: tasks, services, nodes)");
    String role = section.string("role");
    Kinds.check(
        List.of("services", "nodes", "tasks").contains(role),
        section,
        "role",
        "invalid role " + role + ", expected tasks, services, or nodes");
    return section;
  }

  private static Shape nomad() {
    Shape.Builder builder =
        Shape.of("nomad.plain")
            .shown("allow_stale", BOOL, true)
            .inline(HttpClientShape.FIELDS)
            .shown("namespace", STRING, "default");
    Kinds.refresh(builder, 60)
        .shown("region", STRING, "global")
        .shown("server", STRING, "http://localhost:4646")
        .add("tag_separator", STRING, ",")
        .check(section -> {
          Kinds.check(
              !section.string("server").isBlank(),
              section,
              "server",
              "nomad SD configuration requires a server address");
          return section;
        });
    return Kinds.checkedOverHttp(builder);
  }

  private static Shape marathon() {
    return Shape.of("marathon.plain")
        .add("servers", STRINGS)
        .add("refresh_interval", DURATION, 30_000L)
        .add("auth_token", SECRET)
        .add("auth_token_file", FILE)
        .inline(HttpClientShape.FIELDS)
        .check(ClusterKinds::marathonToken)
        .check(HttpClientCheck::check)
        .build();
  }

  private static Section marathonToken(Section section) {
    Kinds.require(section, "servers", "marathon_sd: must contain at least one Marathon server");
    boolean inline = section.isSet("auth_token");
    boolean file = section.isSet("auth_token_file");
    Kinds.check(
        !(inline && file),
        section,
        "auth_token",
        "marathon_sd: at most one of auth_token & auth_token_file must be configured");
    if (inline || file) {
      Kinds.check(
          section.section("basic_auth") == null,
          section,
          "basic_auth",
          "marathon_sd: at most one of basic_auth, auth_token & auth_token_file must be"
              + " configured");
      Kinds.check(
          !section.isSet("bearer_token") && !section.isSet("bearer_token_file"),
          section,
          "bearer_token",
          "marathon_sd: at most one of bearer_token, bearer_token_file, auth_token &"
              + " auth_token_file must be configured");
      Kinds.check(
          section.section("authorization") == null,
          section,
          "authorization",
          "marathon_sd: at most one of auth_token, auth_token_file & authorization must be"
              + " configured");
    }
    return section;
  }

  private static Shape kuma() {
    return Kinds.checkedOverHttp(
        Kinds.overHttp("xds")
            .add("refresh_interval", DURATION, 15_000L)
            .add("fetch_timeout", DURATION, 120_000L)
            .add("server", STRING)
            .add("client_id", STRING)
            .check(ClusterKinds::kumaServer));
  }

  private static Section kumaServer(Section section) {
    Kinds.require(section, "server", "kuma SD server must not be empty: ");
    URI server = Kinds.parsed(section, "server", "");
    Kinds.check(
        server.getScheme() != null && server.getRawAuthority() != null,
        section,
        "server",
        "kuma SD server must not be empty and have a scheme: " + section.string("server"));
    return section;
  }
}
