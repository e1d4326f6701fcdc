package io.narthex.scrape;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A body of about a thousand series whose values move as those of a busy host do: counters that
/// rise, counters that stand still, byte gauges, ratios, histogram buckets.
final class LoadBody {

  private final Random random;
  private final List<String> texts = new ArrayList<>();
  private final List<Integer> kinds = new ArrayList<>();
  private long[] thousandths = {};

  LoadBody(long seed) {
    random = new Random(seed);
    String[] modes = {"idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"};
    comment("node_cpu_seconds_total", "counter");
    for (int cpu = 0; cpu < 32; cpu++) {
      for (int m = 0; m < modes.length; m++) {
        add(
            "node_cpu_seconds_total{cpu=\"" + cpu + "\",mode=\"" + modes[m] + "\"}",
            m % 4 == 3 ? 2 : 1);
      }
    }
    for (int i = 0; i < 300; i++) {
      String name = "node_netstat_TcpExt_Field" + i;
      comment(name, "untyped");
      add(name, i % 3 == 0 ? 1 : 2);
    }
    comment("http_request_duration_seconds", "histogram");
    String[] bounds = {"0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "+Inf"};
    for (int route = 0; route < 30; route++) {
      for (String bound : bounds) {
        add(
            "http_request_duration_seconds_bucket{method=\"GET\",route=\"/api/v1/resource/"
                + route
                + "\",le=\""
                + bound
                + "\"}",
            1);
      }
    }
    comment("node_filesystem_free_bytes", "gauge");
    for (int i = 0; i < 150; i++) {
      add(
          "node_filesystem_free_bytes{device=\"/dev/nvme0n1p"
              + i
              + "\",fstype=\"ext4\",mountpoint=\"/var/lib/data/volume-"
              + i
              + "\"}",
          i % 2 == 0 ? 3 : 4);
    }
    thousandths = new long[texts.size()];
    for (int i = 0; i < thousandths.length; i++) {
      thousandths[i] = (long) random.nextInt(1_000_000) * 1000;
    }
  }

  private void comment(String name, String type) {
    add("# HELP " + name + " Help text of " + name + ", as an exporter writes it.", 0);
    add("# TYPE " + name + " " + type, 0);
  }

  private void add(String text, int kind) {
    texts.add(text);
    kinds.add(kind);
  }

  int samples() {
    return (int) kinds.stream().filter(k -> k != 0).count();
  }

  /// Moves the values and writes the body.
  String next() {
    StringBuilder out = new StringBuilder(1 << 17);
    for (int i = 0; i < thousandths.length; i++) {
      out.append(texts.get(i));
      switch (kinds.get(i)) {
        case 1 -> thousandths[i] += random.nextInt(2000) * 1000L;
        case 3 -> thousandths[i] += random.nextInt(2) * 4096_000L;
        case 4 -> thousandths[i] = Math.max(0, thousandths[i] + random.nextInt(2001) - 1000);
        default -> {}
      }
      if (kinds.get(i) != 0) {
        out.append(' ').append(thousandths[i] / 1000);
        if (thousandths[i] % 1000 != 0) {
          out.append(".%03d".formatted(thousandths[i] % 1000).replaceAll("0+$", ""));
        }
      }
      out.append('\n');
    }
    return out.toString();
  }
}
