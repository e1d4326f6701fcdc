package io.narthex.discovery.catalog;

import static io.narthex.config.FieldTypes.BOOL;
import static io.narthex.config.FieldTypes.DURATION;
import static io.narthex.config.FieldTypes.FILE;
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

/// Microsoft's, Google's and Oracle's clouds, and those made of OpenStack.
final class CloudKinds {

  static final Map<String, Shape> SHAPES =
      Map.of(
          "azure_sd_configs", azure(),
          "gce_sd_configs", gce(),
          "oci_sd_configs", oci(),
          "openstack_sd_configs", openstack());

  private CloudKinds() {}

  private static Shape azure() {
    Shape.Builder builder = Shape.of("azure.plain").add("environment", STRING, "AzurePublicCloud");
    Kinds.port(builder, 80)
        .shown("subscription_id", STRING, "")
        .add("tenant_id", STRING)
        .add("client_id", STRING)
        .add("client_secret", SECRET)
        .add("refresh_interval", DURATION, 300_000L)
        .add("authentication_method", STRING, "OAuth")
        .add("resource_group", STRING)
        .inline(HttpClientShape.FIELDS)
        .check(CloudKinds::azureCredentials);
    return Kinds.checkedOverHttp(builder);
  }

  private static Section azureCredentials(Section section) {
    String method = section.string("authentication_method");
    List<String> needed =
        method.equals("OAuth")
            ? List.of("subscription_id", "tenant_id", "client_id", "client_secret")
            : List.of("subscription_id");
    for (String field : needed) {
      Kinds.require(section, field, "azure SD configuration requires a " + field);
    }
    Kinds.check(
        List.of("OAuth", "ManagedIdentity", "SDK", "WorkloadIdentity").contains(method),
        section,
        "authentication_method",
        "unknown authentication_type \""
            + method
            + "\". Supported types are \"OAuth\", \"ManagedIdentity\", \"SDK\" or"
            + " \"WorkloadIdentity\"");
    return section;
  }

  private static Shape gce() {
    Shape.Builder builder =
        Shape.of("gce.plain")
            .shown("project", STRING, "")
            .shown("zone", STRING, "")
            .add("filter", STRING)
            .add("refresh_interval", DURATION, 60_000L);
    return Kinds.port(builder, 80)
        .add("tag_separator", STRING, ",")
        .check(section -> {
          Kinds.require(section, "project", "GCE SD configuration requires a project");
          Kinds.require(section, "zone", "GCE SD configuration requires a zone");
          return section;
        })
        .build();
  }

  private static Shape oci() {
    Shape.Builder builder =
        Shape.of("oci.plain")
            .add("auth", STRING, "api_key")
            .add("tenancy", STRING)
            .add("user", STRING)
            .add("fingerprint", STRING)
            .add("key_file", FILE)
            .add("key_passphrase", SECRET)
            .add("key_passphrase_file", FILE)
            .shown("region", STRING, "")
            .add("compartments", STRINGS)
            .inline(HttpClientShape.FIELDS);
    Kinds.refresh(Kinds.port(builder, 80), 60).check(CloudKinds::ociCredentials);
    return Kinds.checkedOverHttp(builder);
  }

  private static Section ociCredentials(Section section) {
    Kinds.require(section, "region", "oci_sd: region is required");
    switch (section.string("auth")) {
      case "api_key" -> ociKey(section);
      case "instance_principal" -> {
        for (String field :
            List.of(
                "tenancy",
                "user",
                "fingerprint",
                "key_file",
                "key_passphrase",
                "key_passphrase_file")) {
          Kinds.check(
              !section.isSet(field),
              section,
              field,
              "oci_sd: instance_principal auth must not have tenancy, user, fingerprint, key_file,"
                  + " key_passphrase, or key_passphrase_file set");
        }
      }
      default ->
          throw section.error(
              "auth",
              "oci_sd: unknown auth method \""
                  + section.string("auth")
                  + "\", expected \"api_key\" or \"instance_principal\"");
    }
    List<String> compartments = section.strings("compartments");
    int empty = compartments.indexOf("");
    Kinds.check(
        empty < 0,
        section,
        "compartments",
        "oci_sd: compartments[" + empty + "] must not be empty");
    Kinds.check(
        section.number("refresh_interval") > 0,
        section,
        "refresh_interval",
        "oci_sd: refresh_interval must be positive, got 0s");
    return section;
  }

  private static void ociKey(Section section) {
    for (String field : List.of("tenancy", "user", "fingerprint", "key_file")) {
      Kinds.require(section, field, "oci_sd: api_key auth requires " + field);
    }
    Kinds.check(
        !(section.isSet("key_passphrase") && section.isSet("key_passphrase_file")),
        section,
        "key_passphrase",
        "oci_sd: at most one of key_passphrase and key_passphrase_file must be configured");
  }

  private static Shape openstack() {
    Shape.Builder builder =
        Shape.of("openstack.plain")
            .shown("identity_endpoint", STRING, "")
            .shown("username", STRING, "")
            .shown("userid", STRING, "")
            .shown("password", SECRET, Secret.NONE)
            .shown("project_name", STRING, "")
            .shown("project_id", STRING, "")
            .shown("domain_name", STRING, "")
            .shown("domain_id", STRING, "")
            .shown("application_credential_name", STRING, "")
            .shown("application_credential_id", STRING, "")
            .shown("application_credential_secret", SECRET, Secret.NONE)
            .shown(
                "role",
                Kinds.oneOf("unknown OpenStack SD role", "hypervisor", "instance", "loadbalancer"),
                "")
            .shown("region", STRING, "");
    return Kinds.port(Kinds.refresh(builder, 60), 80)
        .add("all_tenants", BOOL)
        .add("tls_config", SectionTypes.always(HttpClientShape.TLS))
        .add("availability", STRING, "public")
        .check(CloudKinds::openstackChecked)
        .build();
  }

  private static Section openstackChecked(Section section) {
    String availability = section.string("availability");
    Kinds.check(
        List.of("public", "internal", "admin").contains(availability),
        section,
        "availability",
        "unknown availability " + availability + ", must be one of admin, internal or public");
    Kinds.require(section, "role", "role missing (one of: instance, hypervisor, loadbalancer)");
    Kinds.require(section, "region", "openstack SD configuration requires a region");
    return section;
  }
}
