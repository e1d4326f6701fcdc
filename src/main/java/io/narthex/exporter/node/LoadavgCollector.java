package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.util.List;

/// `loadavg`: load averages of `/proc/loadavg`.
final class LoadavgCollector implements Collector {

  private final ProcFs fs;

  LoadavgCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "loadavg";
  }

  @Override
  public void collect(Families out) throws IOException {
    List<String> fields = KernelText.fields(fs.read(fs.proc("loadavg")));
    int at = 0;
    for (String minutes : new String[] {"1", "5", "15"}) {
      double load = KernelText.decimal(KernelText.field(fields, at++, "loadavg"));
      out.gauge("node_load" + minutes, minutes + "m load average.").add(load);
    }
  }
}
