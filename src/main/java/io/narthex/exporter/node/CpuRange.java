package io.narthex.exporter.node;

import io.narthex.exporter.KernelText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Lists of CPUs as the kernel writes them: `0-3,8`.
final class CpuRange {

  private CpuRange() {}

  static List<Integer> parse(String text) throws IOException {
    List<Integer> cpus = new ArrayList<>();
    for (String part : text.strip().split(",")) {
      if (!part.isEmpty()) {
        int dash = part.indexOf('-');
        long first = KernelText.signed(dash < 0 ? part : part.substring(0, dash));
        long last = dash < 0 ? first : KernelText.signed(part.substring(dash + 1));
        for (long cpu = first; cpu <= last; cpu++) {
          cpus.add((int) cpu);
        }
      }
    }
    return cpus;
  }
}
