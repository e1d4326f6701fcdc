package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;

/// `selinux`: whether SELinux is on, and its modes: 1 enforcing, 0 permissive, -1 disabled.
final class SelinuxCollector implements Collector {

  private final ProcFs fs;

  SelinuxCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "selinux";
  }

  @Override
  public void collect(Families out) throws IOException {
    String enforce = fs.valueIfReadable(fs.sys("fs/selinux/enforce"));
    String context = fs.valueIfReadable(fs.proc("self/attr/current"));
    boolean enabled =
        enforce != null && context != null && !context.replace("\0", "").equals("kernel");
    out.gauge("node_selinux_enabled", "SELinux is enabled, 1 is true, 0 is false")
        .add(enabled ? 1 : 0);
    if (enforce != null && enabled) {
      out.gauge("node_selinux_config_mode", "Configured SELinux enforcement mode")
          .add(configured());
      out.gauge("node_selinux_current_mode", "Current SELinux enforcement mode")
          .add(KernelText.signed(enforce));
    }
  }

  private int configured() throws IOException {
    String config = fs.valueIfReadable(fs.roots().rootfs().resolve("etc/selinux/config"));
    for (String line : KernelText.lines(config == null ? "" : config)) {
      if (line.strip().startsWith("SELINUX=")) {
        return switch (line.strip().substring("SELINUX=".length()).strip()) {
          case "enforcing" -> 1;
          case "permissive" -> 0;
          default -> -1;
        };
      }
    }
    return -1;
  }
}
