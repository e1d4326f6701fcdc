package io.narthex.discovery.catalog;

import static io.narthex.config.FieldTypes.BOOL;
import static io.narthex.config.FieldTypes.DURATION;
import static io.narthex.config.FieldTypes.INT;
import static io.narthex.config.FieldTypes.SECRET;
import static io.narthex.config.FieldTypes.STRING;
import static io.narthex.config.ListTypes.STRINGS;
import static io.narthex.config.ListTypes.STRING_MAP;

import io.narthex.config.Secret;
import io.narthex.config.Section;
import io.narthex.config.Shape;
import io.narthex.io.http.HttpClientShape;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Registries of services and of machines.
final class RegistryKinds {

  static final Map<String, Shape> SHAPES =
      Map.of(
          "consul_sd_configs", consul(),
          "dns_sd_configs", dns(),
          "eureka_sd_configs", eureka(),
          "nerve_sd_configs", zookeeper("nerve"),
          "serverset_sd_configs", zookeeper("serverset"),
          "puppetdb_sd_configs", puppetdb(),
          "uyuni_sd_configs", uyuni());

  private RegistryKinds() {}

  private static Shape consul() {
    return Kinds.checkedOverHttp(
        Shape.of("consul.plain")
            .add("server", STRING, "localhost:8500")
            .add("path_prefix", STRING)
            .add("token", SECRET)
            .add("datacenter", STRING)
            .add("namespace", STRING)
            .add("partition", STRING)
            .add("tag_separator", STRING, ",")
            .add("scheme", STRING, "http")
            .add("username", STRING)
            .add("password", SECRET)
            .shown("allow_stale", BOOL, true)
            .add("refresh_interval", DURATION, 30_000L)
            .add("services", STRINGS)
            .add("tags", STRINGS)
            .add("node_meta", STRING_MAP)
            .add("filter", STRING)
            .add("health_filter", STRING)
            .inline(HttpClientShape.FIELDS)
            .check(RegistryKinds::consulChecked));
  }

  private static Section consulChecked(Section section) {
    Kinds.check(
        !section.string("server").isBlank(),
        section,
        "server",
        "consul SD configuration requires a server address");
    boolean user = section.isSet("username") || section.isSet("password");
    Kinds.check(
        !(user && section.section("basic_auth") != null),
        section,
        "basic_auth",
        "at most one of consul SD configuration username and password and basic auth can be"
            + " configured");
    boolean other = section.section("authorization") != null || section.section("oauth2") != null;
    Kinds.check(
        !(section.isSet("token") && other),
        section,
        "token",
        "at most one of consul SD token, authorization, or oauth2 can be configured");
    return section;
  }

  private static Shape dns() {
    return Shape.of("dns.plain")
        .shown("names", STRINGS, List.of())
        .add("refresh_interval", DURATION, 30_000L)
        .shown("type", STRING, "SRV")
        .shown("port", INT, 0L)
        .check(RegistryKinds::dnsChecked)
        .build();
  }

  private static Section dnsChecked(Section section) {
    Kinds.require(section, "names", "DNS-SD config must contain at least one SRV record name");
    String type = section.string("type");
    switch (type.toUpperCase(Locale.ROOT)) {
      case "SRV" -> {}
      case "A", "AAAA", "MX", "NS" ->
          Kinds.require(
              section,
              "port",
              "a port is required in DNS-SD configs for all record types except SRV");
      default -> throw section.error("type", "invalid DNS-SD records type " + type);
    }
    return section;
  }

  private static Shape eureka() {
    return Kinds.checkedOverHttp(
        Shape.of("eureka.plain")
            .add("server", STRING)
            .inline(HttpClientShape.FIELDS)
            .add("refresh_interval", DURATION, 30_000L)
            .check(RegistryKinds::eurekaServer));
  }

  private static Section eurekaServer(Section section) {
    Kinds.require(section, "server", "eureka_sd: empty or null eureka server");
    URI server = Kinds.parsed(section, "server", "");
    Kinds.check(
        server.getScheme() != null && server.getRawAuthority() != null,
        section,
        "server",
        "eureka_sd: invalid eureka server URL");
    return section;
  }

  private static Shape zookeeper(String name) {
    return Shape.of("zookeeper.plain")
        .shown("servers", STRINGS, List.of())
        .shown("paths", STRINGS, List.of())
        .add("timeout", DURATION, 10_000L)
        .check(section -> zookeeperPaths(section, name + " SD config "))
        .build();
  }

  private static Section zookeeperPaths(Section section, String prefix) {
    Kinds.require(section, "servers", prefix + "must contain at least one Zookeeper server");
    Kinds.require(section, "paths", prefix + "must contain at least one path");
    for (String path : section.strings("paths")) {
      Kinds.check(
          path.startsWith("/"), section, "paths", prefix + "paths must begin with '/': " + path);
    }
    return section;
  }

  private static Shape puppetdb() {
    return Kinds.checkedOverHttp(
        Kinds.overHttp("puppetdb")
            .add("refresh_interval", DURATION, 60_000L)
            .shown("url", STRING, "")
            .shown("query", STRING, "")
            .shown("include_parameters", BOOL, false)
            .shown("port", INT, 80L)
            .check(section -> {
              Kinds.webUrl(section, "url");
              Kinds.require(section, "query", "query missing");
              return section;
            }));
  }

  private static Shape uyuni() {
    return Kinds.checkedOverHttp(
        Shape.of("uyuni.plain")
            .shown("server", STRING, "")
            .shown("username", STRING, "")
            .shown("password", SECRET, Secret.NONE)
            .inline(HttpClientShape.FIELDS)
            .add("entitlement", STRING, "monitoring_entitled")
            .add("separator", STRING, ",")
            .add("refresh_interval", DURATION, 60_000L)
            .check(RegistryKinds::uyuniChecked));
  }

  private static Section uyuniChecked(Section section) {
    Kinds.require(section, "server", "Uyuni SD configuration requires server host");
    Kinds.parsed(section, "server", "Uyuni Server URL is not valid: ");
    Kinds.require(section, "username", "Uyuni SD configuration requires a username");
    Kinds.require(section, "password", "Uyuni SD configuration requires a password");
    return section;
  }
}
