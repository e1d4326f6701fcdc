package io.narthex.discovery.catalog;

import static io.narthex.config.FieldTypes.INT;
import static io.narthex.config.FieldTypes.SECRET;
import static io.narthex.config.FieldTypes.STRING;
import static io.narthex.config.ListTypes.STRINGS;

import io.narthex.config.FieldType;
import io.narthex.config.FieldTypes;
import io.narthex.config.Section;
import io.narthex.config.Shape;
import io.narthex.io.http.HttpClientShape;
import java.util.List;
import java.util.Map;

/// Amazon's services.
final class AwsKinds {

  private static final List<String> ROLES =
      List.of("ec2", "ecs", "elasticache", "lightsail", "msk", "rds");

  static final Map<String, Shape> SHAPES =
      Map.of("aws_sd_configs", aws(), "ec2_sd_configs", ec2(), "lightsail_sd_configs", lightsail());

  private AwsKinds() {}

  private static Shape.Builder account(Shape.Builder builder) {
    return builder
        .add("access_key", STRING)
        .add("secret_key", SECRET)
        .add("profile", STRING)
        .add("role_arn", STRING)
        .add("external_id", STRING)
        .add("refresh_interval", FieldTypes.DURATION, 60_000L);
  }

  private static Shape aws() {
    Shape.Builder builder =
        Shape.of("aws.plain")
            .shown("role", role(), "")
            .add("region", STRING)
            .add("endpoint", STRING);
    account(builder)
        .add("port", INT)
        .inline(HttpClientShape.FIELDS)
        .add("filters", Kinds.filters("aws"))
        .add("clusters", STRINGS)
        .check(section -> {
          Kinds.require(section, "role", "unknown AWS SD role \"\"");
          return section;
        });
    return Kinds.checkedOverHttp(builder);
  }

  private static FieldType<String> role() {
    return Kinds.oneOf("unknown AWS SD role", ROLES.toArray(String[]::new));
  }

  private static Shape ec2() {
    Shape.Builder builder =
        Shape.of("aws.plain").shown("endpoint", STRING, "").shown("region", STRING, "");
    Kinds.port(account(builder), 80)
        .shown("filters", Kinds.filters("aws"), List.of())
        .inline(HttpClientShape.FIELDS)
        .check(AwsKinds::filterValues);
    return Kinds.checkedOverHttp(builder);
  }

  private static Section filterValues(Section section) {
    for (Section filter : section.sections("filters")) {
      Kinds.require(filter, "values", "EC2 SD configuration filter values cannot be empty");
    }
    return section;
  }

  private static Shape lightsail() {
    Shape.Builder builder =
        Shape.of("aws.plain").shown("endpoint", STRING, "").shown("region", STRING, "");
    return Kinds.checkedOverHttp(Kinds.port(account(builder), 80).inline(HttpClientShape.FIELDS));
  }
}
