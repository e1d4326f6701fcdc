package io.narthex.exporter.node;

import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import io.narthex.model.labels.LabelRegex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `/proc/cpuinfo` says of each CPU; shown only if asked for.
final class CpuInfo {

  /// Keys of the file in the order of the labels.
  private static final String[] KEYS = {
    "physical id",
    "core id",
    "processor",
    "vendor_id",
    "cpu family",
    "model",
    "model name",
    "microcode",
    "stepping",
    "cache size"
  };

  private final ProcFs fs;
  private final boolean enabled;
  private final boolean frequency;
  private final @Nullable LabelRegex flags;
  private final @Nullable LabelRegex bugs;

  /// @param frequency whether to show frequencies, too
  /// @param flags CPU flags to show, null for none
  /// @param bugs CPU bugs to show, null for none
  CpuInfo(
      ProcFs fs,
      boolean enabled,
      boolean frequency,
      @Nullable LabelRegex flags,
      @Nullable LabelRegex bugs) {
    this.fs = fs;
    this.enabled = enabled || flags != null || bugs != null;
    this.frequency = frequency;
    this.flags = flags;
    this.bugs = bugs;
  }

  void collect(Families out) throws IOException {
    if (!enabled) {
      return;
    }
    List<Map<String, String>> cpus = parse(KernelText.lines(fs.read(fs.proc("cpuinfo"))));
    for (Map<String, String> cpu : cpus) {
      cpu(out, cpu);
    }
    if (!cpus.isEmpty()) {
      words(out, "flag", "flags", cpus.getFirst(), flags);
      words(out, "bug", "bugs", cpus.getFirst(), bugs);
    }
  }

  private void cpu(Families out, Map<String, String> cpu) throws IOException {
    String[] values = new String[KEYS.length];
    for (int i = 0; i < KEYS.length; i++) {
      values[i] = cpu.getOrDefault(KEYS[i], "");
    }
    out.gauge(
            "node_cpu_info",
            "CPU information from /proc/cpuinfo.",
            "package",
            "core",
            "cpu",
            "vendor",
            "family",
            "model",
            "model_name",
            "microcode",
            "stepping",
            "cachesize")
        .add(1, values);
    if (frequency) {
      out.gauge(
              "node_cpu_frequency_hertz",
              "CPU frequency in hertz from /proc/cpuinfo.",
              "package",
              "core",
              "cpu")
          .add(
              KernelText.decimal(cpu.getOrDefault("cpu MHz", "0")) * 1e6,
              values[0],
              values[1],
              values[2]);
    }
  }

  private static void words(
      Families out,
      String label,
      String key,
      Map<String, String> cpu,
      @Nullable LabelRegex wanted) {
    if (wanted == null) {
      return;
    }
    for (String word : KernelText.fields(cpu.getOrDefault(key, ""))) {
      if (wanted.matches(word)) {
        out.gauge(
                "node_cpu_" + label + "_info",
                "The `"
                    + key
                    + "` field of CPU information from /proc/cpuinfo taken from the first core.",
                label)
            .add(1, word);
      }
    }
  }

  private static List<Map<String, String>> parse(List<String> lines) {
    List<Map<String, String>> cpus = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon >= 0) {
        String key = line.substring(0, colon).strip();
        if (key.equals("processor")) {
          cpus.add(new HashMap<>());
        }
        if (!cpus.isEmpty()) {
          cpus.getLast().put(key, line.substring(colon + 1).strip());
        }
      }
    }
    return cpus;
  }
}
