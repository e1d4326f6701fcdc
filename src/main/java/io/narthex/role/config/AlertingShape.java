package io.narthex.role.config;

import static io.narthex.config.FieldTypes.DURATION;
import static io.narthex.config.FieldTypes.SECRET;
import static io.narthex.config.FieldTypes.STRING;

import io.narthex.config.FieldType;
import io.narthex.config.FieldTypes;
import io.narthex.config.Section;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import io.narthex.io.http.HttpClientCheck;
import io.narthex.io.http.HttpClientShape;
import io.narthex.model.labels.NameValidation;

/// `alerting`.
final class AlertingShape {

  static final Shape SIGV4 =
      Shape.of("sigv4.plain")
          .add("region", STRING)
          .add("access_key", STRING)
          .add("secret_key", SECRET)
          .add("profile", STRING)
          .add("role_arn", STRING)
          .add("external_id", STRING)
          .add("use_fips_sts_endpoint", FieldTypes.BOOL)
          .add("service_name", STRING)
          .check(AlertingShape::sigv4)
          .build();

  private static final FieldType<String> API_VERSION =
      FieldTypes.text("", AlertingShape::apiVersion, text -> text);

  private static final Shape ALERTMANAGER =
      DiscoveryFields.add(
              Shape.of("config.AlertmanagerConfig")
                  .inline(HttpClientShape.FIELDS)
                  .add("sigv4", SectionTypes.optional(SIGV4))
                  .add("scheme", STRING, "http")
                  .add("path_prefix", STRING)
                  .add("timeout", DURATION, 10_000L)
                  .shown("api_version", API_VERSION, "v2")
                  .add(
                      "relabel_configs",
                      RelabelShape.list("empty or null Alertmanager target relabeling rule"))
                  .add(
                      "alert_relabel_configs",
                      RelabelShape.list("empty or null Alertmanager alert relabeling rule")))
          .check(AlertingShape::alertmanager)
          .build();

  static final Shape SHAPE =
      Shape.of("config.plain")
          .add("alert_relabel_configs", RelabelShape.list("empty or null alert relabeling rule"))
          .add("alertmanagers", SectionTypes.list(ALERTMANAGER, ""))
          .build();

  private AlertingShape() {}

  private static String apiVersion(String word) {
    if (!word.equals("v2")) {
      throw new IllegalArgumentException(
          "expected Alertmanager api version to be one of [v2] but got " + word);
    }
    return word;
  }

  private static Section sigv4(Section section) {
    if (section.isSet("access_key") != section.isSet("secret_key")) {
      throw section.error(
          "must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the"
              + " SigV4 config");
    }
    return section;
  }

  private static Section alertmanager(Section section) {
    Section checked = HttpClientCheck.check(section);
    boolean auth =
        checked.section("basic_auth") != null
            || checked.section("authorization") != null
            || checked.section("oauth2") != null;
    if (auth && checked.section("sigv4") != null) {
      throw section.error(
          "sigv4", "at most one of basic_auth, authorization, oauth2, & sigv4 must be configured");
    }
    DiscoveryFields.checkAddresses(checked);
    return checked;
  }

  /// Checks the rules under the names that are allowed.
  static void validate(Section alerting, NameValidation names) {
    RelabelShape.validate(alerting.sections("alert_relabel_configs"), names);
    for (Section alertmanager : alerting.sections("alertmanagers")) {
      RelabelShape.validate(alertmanager.sections("alert_relabel_configs"), names);
      RelabelShape.validate(alertmanager.sections("relabel_configs"), names);
    }
  }
}
