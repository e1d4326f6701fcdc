package io.narthex.role.config;

import static io.narthex.config.FieldTypes.BOOL;
import static io.narthex.config.FieldTypes.DURATION;
import static io.narthex.config.FieldTypes.INT;
import static io.narthex.config.FieldTypes.SECRET;
import static io.narthex.config.FieldTypes.STRING;
import static io.narthex.config.FieldTypes.UINT;
import static io.narthex.config.FieldTypes.URL;

import io.narthex.config.FieldType;
import io.narthex.config.FieldTypes;
import io.narthex.config.ListTypes;
import io.narthex.config.Section;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import io.narthex.io.http.HttpClientCheck;
import io.narthex.io.http.HttpClientShape;
import java.util.ArrayList;
import java.util.List;

/// `remote_write` and `remote_read`.
final class RemoteShape {

  private static final List<String> AUTHS =
      List.of("basic_auth", "authorization", "oauth2", "sigv4", "azuread", "google_iam");

  private static final FieldType<String> MESSAGE =
      FieldTypes.text("", RemoteShape::message, text -> text);

  private static final Shape QUEUE =
      Shape.of("config.QueueConfig")
          .add("capacity", INT, 10_000L)
          .add("max_shards", INT, 50L)
          .add("min_shards", INT, 1L)
          .add("max_samples_per_send", INT, 2000L)
          .add("batch_send_deadline", DURATION, 5000L)
          .add("min_backoff", DURATION, 30L)
          .add("max_backoff", DURATION, 5000L)
          .add("retry_on_http_429", BOOL)
          .add("sample_age_limit", DURATION)
          .check(RemoteShape::queue)
          .build();

  private static final Shape METADATA =
      Shape.of("config.MetadataConfig")
          .shown("send", BOOL, true)
          .shown("send_interval", DURATION, 60_000L)
          .add("max_samples_per_send", INT, 2000L)
          .build();

  private static final Shape AZURE_AD =
      Shape.of("azuread.AzureADConfig")
          .add("managed_identity", SectionTypes.optional(texts("client_id")))
          .add("oauth", SectionTypes.optional(oauth()))
          .add("sdk", SectionTypes.optional(texts("tenant_id")))
          .add(
              "workload_identity",
              SectionTypes.optional(texts("client_id", "tenant_id", "token_file_path")))
          .add(
              "certificate",
              SectionTypes.optional(
                  Shape.of("azuread.CertificateConfig")
                      .add("client_id", STRING)
                      .add("tenant_id", STRING)
                      .add("certificate_path", STRING)
                      .add("certificate_key_path", STRING)
                      .add("certificate_password", SECRET)
                      .add("send_certificate_chain", BOOL)
                      .build()))
          .add("cloud", STRING)
          .add("scope", STRING)
          .build();

  private static final Shape GOOGLE_IAM =
      Shape.of("googleiam.Config").add("credentials_file", FieldTypes.FILE).build();

  static final Shape WRITE =
      Shape.of("config.plain")
          .shown("url", URL, null)
          .add("remote_timeout", DURATION, 30_000L)
          .add("headers", ListTypes.STRING_MAP)
          .add(
              "write_relabel_configs",
              RelabelShape.list("empty or null relabeling rule in remote write config"))
          .add("name", STRING)
          .add("send_exemplars", BOOL)
          .add("send_native_histograms", BOOL)
          .add("round_robin_dns", BOOL)
          .add("protobuf_message", MESSAGE, "prometheus.WriteRequest")
          .add("failed_request_logging", BOOL)
          .inline(HttpClientShape.FIELDS)
          .withDefault("enable_http2", false)
          .add("queue_config", SectionTypes.always(QUEUE))
          .add("metadata_config", SectionTypes.always(METADATA))
          .add("sigv4", SectionTypes.optional(AlertingShape.SIGV4))
          .add("azuread", SectionTypes.optional(AZURE_AD))
          .add("google_iam", SectionTypes.optional(GOOGLE_IAM))
          .check(RemoteShape::write)
          .build();

  static final Shape READ =
      Shape.of("config.plain")
          .shown("url", URL, null)
          .add("remote_timeout", DURATION, 60_000L)
          .add("chunked_read_limit", UINT, 50_000_000L)
          .add("headers", ListTypes.STRING_MAP)
          .add("read_recent", BOOL)
          .add("name", STRING)
          .inline(HttpClientShape.FIELDS)
          .add("required_matchers", ListTypes.STRING_MAP)
          .add("filter_external_labels", BOOL, true)
          .check(RemoteShape::read)
          .build();

  private RemoteShape() {}

  private static Shape texts(String... names) {
    Shape.Builder builder = Shape.of("azuread.Config");
    for (String name : names) {
      builder.add(name, STRING);
    }
    return builder.build();
  }

  private static Shape oauth() {
    return Shape.of("azuread.OAuthConfig")
        .add("client_id", STRING)
        .add("client_secret", SECRET)
        .add("tenant_id", STRING)
        .build();
  }

  private static String message(String word) {
    if (!word.equals("prometheus.WriteRequest") && !word.equals("io.prometheus.write.v2.Request")) {
      throw new IllegalArgumentException(
          "invalid protobuf_message value: unknown type for remote write protobuf message "
              + word
              + ", supported: prometheus.WriteRequest, io.prometheus.write.v2.Request");
    }
    return word;
  }

  private static Section queue(Section queue) {
    positive(queue, "max_shards");
    positive(queue, "min_shards");
    if (queue.number("min_shards") > queue.number("max_shards")) {
      throw queue.error(
          "min_shards", "remote write queue min_shards must not be greater than max_shards");
    }
    positive(queue, "max_samples_per_send");
    positive(queue, "capacity");
    if (queue.number("max_backoff") < queue.number("min_backoff")) {
      throw queue.error(
          "max_backoff", "remote write queue max_backoff must not be less than min_backoff");
    }
    return queue;
  }

  private static void positive(Section queue, String field) {
    if (queue.number(field) <= 0) {
      throw queue.error(field, "remote write queue " + field + " must be positive");
    }
  }

  private static Section write(Section section) {
    if (section.url("url") == null) {
      throw section.error("url for remote_write is empty");
    }
    ReservedHeaders.check(
        section,
        "authorization header must be changed via the basic_auth, authorization, oauth2, sigv4,"
            + " azuread or google_iam parameter");
    Section checked = HttpClientCheck.check(section);
    List<String> auths = new ArrayList<>(AUTHS);
    auths.removeIf(auth -> checked.section(auth) == null);
    if (auths.size() > 1) {
      throw section.error(
          "at most one of basic_auth, authorization, oauth2, sigv4, azuread or google_iam must be"
              + " configured. Currently configured: ["
              + String.join(" ", auths)
              + "]");
    }
    return checked;
  }

  private static Section read(Section section) {
    if (section.url("url") == null) {
      throw section.error("url for remote_read is empty");
    }
    ReservedHeaders.check(
        section,
        "authorization header must be changed via the basic_auth, authorization, oauth2, sigv4,"
            + " azuread or google_iam parameter");
    return HttpClientCheck.check(section);
  }
}
