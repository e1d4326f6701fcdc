package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import java.io.IOException;

/// `uname`: names and versions of the machine and its kernel.
final class UnameCollector implements Collector {

  private final Libc libc;

  UnameCollector(Libc libc) {
    this.libc = libc;
  }

  @Override
  public String name() {
    return "uname";
  }

  @Override
  public void collect(Families out) throws IOException {
    out.gauge(
            "node_uname_info",
            "Labeled system information as provided by the uname system call.",
            "sysname",
            "nodename",
            "release",
            "version",
            "machine",
            "domainname")
        .add(1, libc.uname());
  }
}
