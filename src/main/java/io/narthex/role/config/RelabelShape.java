package io.narthex.role.config;

import static io.narthex.config.FieldTypes.STRING;
import static io.narthex.config.FieldTypes.UINT;

import io.narthex.config.ConfigException;
import io.narthex.config.FieldType;
import io.narthex.config.FieldTypes;
import io.narthex.config.ListTypes;
import io.narthex.config.Section;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import io.narthex.config.YamlNode;
import io.narthex.model.labels.LabelRegex;
import io.narthex.model.labels.NameValidation;
import io.narthex.model.relabel.RelabelAction;
import io.narthex.model.relabel.RelabelConfig;
import java.util.ArrayList;
import java.util.List;

/// `relabel_configs` and their like.
final class RelabelShape {

  private static final FieldType<String> REGEX =
      FieldTypes.text("", text -> LabelRegex.compile(text).text(), text -> text);

  private static final FieldType<String> ACTION =
      FieldTypes.text("", text -> RelabelAction.parse(text).text(), text -> text);

  static final Shape SHAPE =
      Shape.of("relabel.plain")
          .add("source_labels", ListTypes.FLOW_STRINGS)
          .shown("separator", STRING, RelabelConfig.DEFAULT_SEPARATOR)
          .add("regex", new DefaultRegex(), RelabelConfig.DEFAULT_REGEX)
          .add("modulus", UINT)
          .add("target_label", STRING)
          .shown("replacement", STRING, RelabelConfig.DEFAULT_REPLACEMENT)
          .add("action", ACTION, RelabelAction.REPLACE.text())
          .build();

  private RelabelShape() {}

  /// A list of rules.
  ///
  /// @param ifNull what is wrong with a null item
  static FieldType<List<Section>> list(String ifNull) {
    return SectionTypes.list(SHAPE, ifNull);
  }

  /// The rules that sections say, unchecked.
  static List<RelabelConfig> configs(List<Section> sections) {
    List<RelabelConfig> configs = new ArrayList<>(sections.size());
    sections.forEach(section -> configs.add(config(section)));
    return configs;
  }

  private static RelabelConfig config(Section section) {
    String action = section.string("action");
    return new RelabelConfig(
        section.strings("source_labels"),
        section.string("separator"),
        section.string("regex"),
        section.number("modulus"),
        section.string("target_label"),
        section.string("replacement"),
        action.isEmpty() ? null : RelabelAction.parse(action));
  }

  /// Checks rules under the names that are allowed.
  ///
  /// @throws ConfigException with Prometheus' wording
  static void validate(List<Section> sections, NameValidation names) {
    for (Section section : sections) {
      try {
        config(section).validate(names);
      } catch (IllegalArgumentException e) {
        throw section.error(String.valueOf(e.getMessage()));
      }
    }
  }

  /// A regex of which the default, not the empty one, is left out of print.
  private record DefaultRegex() implements FieldType<String> {

    @Override
    public String zero() {
      return "";
    }

    @Override
    public String read(YamlNode node) {
      return REGEX.read(node);
    }

    @Override
    public boolean isZero(String value) {
      return value.equals(RelabelConfig.DEFAULT_REGEX);
    }

    @Override
    public Object print(String value) {
      return value;
    }
  }
}
