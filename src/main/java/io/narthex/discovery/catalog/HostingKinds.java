package io.narthex.discovery.catalog;

import static io.narthex.config.FieldTypes.DURATION;
import static io.narthex.config.FieldTypes.FILE;
import static io.narthex.config.FieldTypes.INT;
import static io.narthex.config.FieldTypes.SECRET;
import static io.narthex.config.FieldTypes.STRING;
import static io.narthex.config.ListTypes.STRINGS;

import io.narthex.config.Secret;
import io.narthex.config.Section;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import io.narthex.io.http.HttpClientShape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Companies that rent machines.
final class HostingKinds {

  static final Map<String, Shape> SHAPES = shapes();

  private HostingKinds() {}

  private static Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new TreeMap<>();
    shapes.put("digitalocean_sd_configs", digitalocean());
    shapes.put("hetzner_sd_configs", hetzner());
    shapes.put("ionos_sd_configs", ionos());
    shapes.put("linode_sd_configs", linode());
    shapes.put("outscale_sd_configs", outscale());
    shapes.put("ovhcloud_sd_configs", ovhcloud());
    shapes.put("scaleway_sd_configs", scaleway());
    shapes.put("stackit_sd_configs", stackit());
    shapes.put("triton_sd_configs", triton());
    shapes.put("vultr_sd_configs", machines("vultr"));
    return shapes;
  }

  private static Shape.Builder machinesBuilder(String room) {
    return Kinds.port(Kinds.refresh(Kinds.overHttp(room), 60), 80);
  }

  private static Shape machines(String room) {
    return Kinds.checkedOverHttp(machinesBuilder(room));
  }

  private static Shape digitalocean() {
    return Kinds.checkedOverHttp(
        machinesBuilder("digitalocean")
            .shown(
                "role",
                Kinds.oneOf("unknown DigitalOcean SD role", "droplets", "databases"),
                "droplets")
            .check(section -> role(section, "droplets, databases")));
  }

  private static Shape hetzner() {
    return Kinds.checkedOverHttp(
        machinesBuilder("hetzner")
            .shown("role", Kinds.oneOf("unknown role", "robot", "hcloud"), "")
            .add("label_selector", STRING)
            .check(section -> role(section, "robot, hcloud")));
  }

  private static Section role(Section section, String roles) {
    Kinds.require(section, "role", "role missing (one of: " + roles + ")");
    return section;
  }

  private static Shape ionos() {
    Shape.Builder builder =
        Shape.of("ionos.plain").shown("datacenter_id", STRING, "").inline(HttpClientShape.FIELDS);
    return Kinds.checkedOverHttp(
        Kinds.port(Kinds.refresh(builder, 60), 80)
            .check(section -> {
              Kinds.require(section, "datacenter_id", "datacenter id can't be empty");
              return section;
            }));
  }

  private static Shape linode() {
    return Kinds.checkedOverHttp(
        machinesBuilder("linode").add("tag_separator", STRING, ",").add("region", STRING));
  }

  private static Shape outscale() {
    Shape.Builder builder =
        Shape.of("outscale.plain")
            .add("endpoint", STRING)
            .shown("region", STRING, "eu-west-2")
            .shown("access_key", STRING, "")
            .shown("secret_key", SECRET, Secret.NONE)
            .shown("secret_key_file", FILE, "")
            .add("refresh_interval", DURATION, 60_000L);
    return Kinds.checkedOverHttp(
        Kinds.port(builder, 80).inline(HttpClientShape.FIELDS).check(HostingKinds::outscaleKeys));
  }

  private static Section outscaleKeys(Section section) {
    Kinds.require(section, "region", "outscale SD configuration requires a region");
    Kinds.require(section, "access_key", "outscale SD configuration requires access_key");
    Kinds.secretKey(section);
    return section.isSet("endpoint")
        ? section
        : section.with(
            "endpoint", "https://api." + section.string("region") + ".outscale.com/api/v1");
  }

  private static Shape ovhcloud() {
    Shape.Builder builder =
        Shape.of("ovhcloud.plain")
            .shown("endpoint", STRING, "ovh-eu")
            .shown("application_key", STRING, "")
            .shown("application_secret", SECRET, Secret.NONE)
            .shown("consumer_key", SECRET, Secret.NONE);
    return Kinds.refresh(builder, 60)
        .shown("service", STRING, "")
        .check(HostingKinds::ovhcloudChecked)
        .build();
  }

  private static Section ovhcloudChecked(Section section) {
    for (String field :
        List.of("endpoint", "application_key", "application_secret", "consumer_key")) {
      Kinds.require(section, field, field.replace('_', ' ') + " can not be empty");
    }
    String service = section.string("service");
    Kinds.check(
        service.equals("dedicated_server") || service.equals("vps"),
        section,
        "service",
        "unknown service: " + service);
    return section;
  }

  private static Shape scaleway() {
    Shape.Builder builder =
        Shape.of("scaleway.plain")
            .shown("project_id", STRING, "")
            .add("api_url", STRING, "https://api.scaleway.com")
            .shown("zone", STRING, "fr-par-1")
            .shown("access_key", STRING, "")
            .shown("secret_key", SECRET, Secret.NONE)
            .shown("secret_key_file", FILE, "")
            .add("name_filter", STRING)
            .add("tags_filter", STRINGS)
            .inline(HttpClientShape.FIELDS);
    return Kinds.checkedOverHttp(
        Kinds.port(Kinds.refresh(builder, 60), 80)
            .shown("role", Kinds.oneOf("unknown role", "instance", "baremetal"), "")
            .check(HostingKinds::scalewayChecked));
  }

  private static Section scalewayChecked(Section section) {
    role(section, "instance, baremetal");
    Kinds.require(section, "project_id", "project_id is mandatory");
    Kinds.secretKey(section);
    Kinds.require(section, "access_key", "access_key is mandatory");
    return section;
  }

  private static Shape stackit() {
    return Kinds.checkedOverHttp(
        Kinds.overHttp("stackit")
            .shown("project", STRING, "")
            .add("refresh_interval", DURATION, 60_000L)
            .add("port", INT, 80L)
            .add("region", STRING, "eu01")
            .add("endpoint", STRING)
            .add("service_account_key", SECRET)
            .add("private_key", SECRET)
            .add("service_account_key_path", STRING)
            .add("private_key_path", STRING)
            .add("credentials_file_path", STRING)
            .check(HostingKinds::stackitEndpoint));
  }

  private static Section stackitEndpoint(Section section) {
    Kinds.check(
        section.isSet("endpoint") || section.isSet("region"),
        section,
        "region",
        "stackit_sd: endpoint and region missing");
    String endpoint = section.string("endpoint");
    Kinds.parsed(section, "endpoint", "stackit_sd: invalid endpoint \"" + endpoint + "\": ");
    return section;
  }

  private static Shape triton() {
    return Shape.of("triton.plain")
        .shown("account", STRING, "")
        .shown("role", STRING, "container")
        .shown("dns_suffix", STRING, "")
        .shown("endpoint", STRING, "")
        .add("groups", STRINGS)
        .shown("port", INT, 9163L)
        .add("refresh_interval", DURATION, 60_000L)
        .add("tls_config", SectionTypes.always(HttpClientShape.TLS))
        .shown("version", INT, 1L)
        .check(HostingKinds::tritonChecked)
        .build();
  }

  private static Section tritonChecked(Section section) {
    String prefix = "triton SD configuration requires ";
    String role = section.string("role");
    Kinds.check(
        role.equals("container") || role.equals("cn"),
        section,
        "role",
        prefix + "role to be 'container' or 'cn'");
    Kinds.require(section, "account", prefix + "an account");
    Kinds.require(section, "dns_suffix", prefix + "a dns_suffix");
    Kinds.require(section, "endpoint", prefix + "an endpoint");
    Kinds.require(section, "refresh_interval", prefix + "RefreshInterval to be a positive integer");
    return section;
  }
}
