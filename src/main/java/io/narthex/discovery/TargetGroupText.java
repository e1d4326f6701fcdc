package io.narthex.discovery;

import io.narthex.config.ConfigException;
import io.narthex.config.FieldType;
import io.narthex.config.ListTypes;
import io.narthex.config.Section;
import io.narthex.config.Shape;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelNames;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.util.List;
import java.util.Map;

/// Target groups as people and programs write them: `targets` and `labels`, in YAML or JSON.
public final class TargetGroupText {

  private static final String ADDRESS = "__address__";

  private static final FieldType<List<String>> TARGETS = ListTypes.STRINGS;
  private static final FieldType<Map<String, String>> LABELS = ListTypes.STRING_MAP;

  /// The fields of one group.
  public static final Shape SHAPE =
      Shape.of("targetgroup.Group")
          .shown("targets", TARGETS, List.of())
          .add("labels", LABELS)
          .check(TargetGroupText::check)
          .build();

  private TargetGroupText() {}

  private static Section check(Section group) {
    for (String name : group.<String>map("labels").keySet()) {
      if (!LabelNames.isUtf8(name)) {
        throw group.error("labels", GoQuote.quote(name) + " is not a valid label name");
      }
    }
    return group;
  }

  /// Refuses addresses that are URLs, in groups that nobody relabels.
  ///
  /// @throws ConfigException with Prometheus' wording
  public static void checkAddresses(Section group) {
    for (String target : group.strings("targets")) {
      if (target.indexOf('/') >= 0) {
        throw group.error("targets", GoQuote.quote(target) + " is not a valid hostname");
      }
    }
  }

  /// The group that a section says.
  ///
  /// @param extraName name of a label that the mechanism adds, empty if none
  public static TargetGroup group(
      Section section, String source, String extraName, String extraValue) {
    List<Labels> targets =
        section.strings("targets").stream()
            .map(address -> new LabelsBuilder().add(ADDRESS, address).build())
            .toList();
    LabelsBuilder labels = new LabelsBuilder();
    section.<String>map("labels").forEach(labels::set);
    if (!extraName.isEmpty()) {
      labels.set(extraName, extraValue);
    }
    return new TargetGroup(source, targets, labels.build());
  }
}
