package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.ProcFs;
import java.io.IOException;

/// `entropy`: the kernel's random pool.
final class EntropyCollector implements Collector {

  private final ProcFs fs;

  EntropyCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "entropy";
  }

  @Override
  public void collect(Families out) throws IOException {
    out.gauge("node_entropy_available_bits", "Bits of available entropy.")
        .add(fs.number(fs.proc("sys/kernel/random/entropy_avail")));
    out.gauge("node_entropy_pool_size_bits", "Bits of entropy pool.")
        .add(fs.number(fs.proc("sys/kernel/random/poolsize")));
  }
}
