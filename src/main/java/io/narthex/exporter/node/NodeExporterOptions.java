package io.narthex.exporter.node;

import io.narthex.clock.Durations;
import io.narthex.exporter.ProcFs;
import io.narthex.model.labels.LabelRegex;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the node exporter is told: which collectors run and the values of the other flags.
///
/// @param collectors names of the collectors that run
/// @param values value of every flag of {@link NodeFlag#all}, except repeated ones
/// @param textfileDirectories directories, or globs of them, with `*.prom` files
public record NodeExporterOptions(
    Set<String> collectors, Map<String, String> values, List<String> textfileDirectories) {

  private static final String TEXTFILE = "collector.textfile.directory";

  public NodeExporterOptions {
    collectors = Set.copyOf(collectors);
    values = Map.copyOf(values);
    textfileDirectories = List.copyOf(textfileDirectories);
  }

  /// The options without any flag.
  public static NodeExporterOptions defaults() {
    return parse(Map.of());
  }

  /// Options from flags without their dashes, each with its values in the order given. A switch has
  /// the value `true`, `false` or the empty one, which means true.
  ///
  /// @throws IllegalArgumentException if a flag is unknown, has a wrong value or contradicts
  ///   another
  public static NodeExporterOptions parse(Map<String, List<String>> flags) {
    Map<String, NodeFlag> known = new HashMap<>();
    Map<String, String> values = new HashMap<>();
    for (NodeFlag flag : NodeFlag.all()) {
      known.put(flag.name(), flag);
      if (flag.kind() != NodeFlag.Kind.REPEATED) {
        values.put(flag.name(), flag.value());
      }
    }
    Map<String, Boolean> asked = new HashMap<>();
    flags.forEach((name, given) -> {
      String last = given.isEmpty() ? "" : given.getLast();
      NodeFlag flag = flag(known, name);
      if (flag != null) {
        values.replace(flag.name(), value(name, flag, last));
      } else if (CollectorNames.ALL.contains(collector(name))) {
        asked.put(collector(name), toggle(name, last));
      } else {
        throw new IllegalArgumentException("unknown long flag '--" + name + "'");
      }
    });
    exclusive(values, flags);
    Set<String> collectors = new TreeSet<>();
    if (!Boolean.parseBoolean(values.get("collector.disable-defaults"))) {
      collectors.addAll(CollectorNames.ALL);
    }
    asked.forEach((name, on) -> set(collectors, name, on));
    return new NodeExporterOptions(collectors, values, flags.getOrDefault(TEXTFILE, List.of()));
  }

  private static void set(Set<String> set, String name, boolean member) {
    if (member) {
      set.add(name);
    } else {
      set.remove(name);
    }
  }

  /// The flag of that name; only a switch can be negated.
  private static @Nullable NodeFlag flag(Map<String, NodeFlag> known, String name) {
    NodeFlag flag = known.get(plain(name));
    boolean negated = name.startsWith("no-");
    return flag != null && negated && flag.kind() != NodeFlag.Kind.SWITCH ? null : flag;
  }

  private static String plain(String name) {
    return name.startsWith("no-") ? name.substring(3) : name;
  }

  private static String collector(String name) {
    String plain = plain(name);
    return plain.startsWith("collector.") ? plain.substring("collector.".length()) : "";
  }

  private static String value(String name, NodeFlag flag, String given) {
    return switch (flag.kind()) {
      case SWITCH -> Boolean.toString(toggle(name, given));
      case REGEX -> {
        try {
          NameFilter.search(given);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("--" + name + ": " + e.getMessage(), e);
        }
        yield given;
      }
      case TEXT, REPEATED -> given;
    };
  }

  private static boolean toggle(String name, String given) {
    boolean yes =
        switch (given) {
          case "", "true", "1" -> true;
          case "false", "0" -> false;
          default ->
              throw new IllegalArgumentException(
                  "--" + name + ": parsing \"" + given + "\": invalid syntax");
        };
    return yes != name.startsWith("no-");
  }

  /// An include takes the place of a default exclude, but not of one that was asked for.
  private static void exclusive(Map<String, String> values, Map<String, List<String>> flags) {
    exclusive(
        values,
        flags,
        "collector.diskstats.device",
        "device-exclude & device-include are mutually exclusive");
    exclusive(
        values,
        flags,
        "collector.netdev.device",
        "device-exclude & device-include are mutually exclusive");
    for (String what : List.of("mount-points", "fs-types")) {
      String name = "collector.filesystem." + what;
      exclusive(
          values,
          flags,
          name,
          "--%s-exclude and --%s-include are mutually exclusive".formatted(name, name));
    }
  }

  private static void exclusive(
      Map<String, String> values, Map<String, List<String>> flags, String name, String error) {
    String exclude = name + "-exclude";
    if (values.getOrDefault(name + "-include", "").isEmpty()) {
      return;
    }
    if (flags.containsKey(exclude) && !values.getOrDefault(exclude, "").isEmpty()) {
      throw new IllegalArgumentException(error);
    }
    values.put(exclude, "");
  }

  /// Mount points of the trees to read.
  public ProcFs.Roots roots() {
    return new ProcFs.Roots(
        Path.of(text("path.procfs")),
        Path.of(text("path.sysfs")),
        Path.of(text("path.rootfs")),
        Path.of(text("path.udev.data")));
  }

  String text(String flag) {
    String value = values.get(flag);
    if (value == null) {
      throw new IllegalStateException("BUG: no flag " + flag);
    }
    return value;
  }

  boolean on(String flag) {
    return Boolean.parseBoolean(text(flag));
  }

  long durationMs(String flag) {
    return Durations.parseMs(text(flag));
  }

  LabelRegex regex(String flag) {
    return NameFilter.search(text(flag));
  }

  /// The filter of the flags `<name>-exclude` and `<name>-include`.
  NameFilter filter(String name) {
    return NameFilter.of(text(name + "-exclude"), text(name + "-include"));
  }
}
