package io.narthex.rules;

import io.narthex.config.ConfigException;
import io.narthex.config.FieldTypes;
import io.narthex.config.ListTypes;
import io.narthex.config.Section;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import io.narthex.config.YamlReader;
import io.narthex.model.labels.LabelNames;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.ast.Features;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Reads rule files.
public final class RuleFiles {

  private static final Shape RULE =
      Shape.of("rulefmt.Rule")
          .add("record", FieldTypes.STRING)
          .add("alert", FieldTypes.STRING)
          .add("expr", FieldTypes.STRING)
          .add("for", FieldTypes.DURATION)
          .add("keep_firing_for", FieldTypes.DURATION)
          .add("labels", ListTypes.STRING_MAP)
          .add("annotations", ListTypes.STRING_MAP)
          .build();

  private static final Shape GROUP =
      Shape.of("rulefmt.RuleGroup")
          .add("name", FieldTypes.STRING)
          .add("interval", FieldTypes.DURATION)
          .add("query_offset", FieldTypes.DURATION)
          .add("limit", FieldTypes.INT)
          .add("labels", ListTypes.STRING_MAP)
          .add("rules", SectionTypes.list(RULE, ""))
          .build();

  private static final Shape FILE =
      Shape.of("rulefmt.RuleGroups").add("groups", SectionTypes.list(GROUP, "")).build();

  private final String file;
  private final Features features;

  private RuleFiles(String file, Features features) {
    this.file = file;
    this.features = features;
  }

  /// The groups of a file.
  ///
  /// @param file as the user named it; messages begin with it
  /// @param features which parts of the query language are on
  /// @throws RuleFileException if it is no rule file; the first mistake counts
  public static List<RuleGroup> read(String file, String text, Features features) {
    Section sections;
    try {
      sections = FILE.read(YamlReader.read(file, text));
    } catch (ConfigException e) {
      boolean tellsLine = e.text().startsWith("yaml: ");
      throw new RuleFileException(
          file + ": " + (tellsLine ? e.text() : String.valueOf(e.getMessage())));
    }
    return new RuleFiles(file, features).groups(sections.sections("groups"));
  }

  private List<RuleGroup> groups(List<Section> sections) {
    Set<String> names = new HashSet<>();
    List<RuleGroup> groups = new ArrayList<>();
    for (Section section : sections) {
      String name = section.string("name");
      if (name.isEmpty()) {
        throw wrong("0:0: Groupname must not be empty");
      }
      if (!names.add(name)) {
        throw wrong("0:0: groupname: \"" + name + "\" is repeated in the same file");
      }
      groups.add(group(section, name));
    }
    return groups;
  }

  private RuleGroup group(Section section, String name) {
    Map<String, String> labels = section.map("labels");
    for (String label : labels.keySet()) {
      if (isBadLabel(label)) {
        throw wrong("invalid label name: " + label);
      }
    }
    LabelsBuilder shared = new LabelsBuilder();
    labels.forEach(shared::set);
    Labels groupLabels = shared.build();
    List<Rule> rules = new ArrayList<>();
    for (Section rule : section.sections("rules")) {
      rules.add(new RuleReader(file, name, rules.size() + 1, features).read(rule, groupLabels));
    }
    return new RuleGroup(
        file,
        name,
        section.number("interval"),
        section.isWritten("query_offset")
            ? OptionalLong.of(section.number("query_offset"))
            : OptionalLong.empty(),
        (int) section.number("limit"),
        List.copyOf(rules));
  }

  static boolean isBadLabel(String name) {
    return !LabelNames.isUtf8(name) || name.equals(Labels.NAME);
  }

  private RuleFileException wrong(String what) {
    return new RuleFileException(file + ": " + what);
  }
}
