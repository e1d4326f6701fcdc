package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import io.narthex.model.labels.LabelRegex;
import java.io.IOException;

/// `vmstat`: the fields of `/proc/vmstat` that an expression chooses.
final class VmstatCollector implements Collector {

  private final ProcFs fs;
  private final FieldChoice wanted;

  VmstatCollector(ProcFs fs, LabelRegex wanted) {
    this.fs = fs;
    this.wanted = new FieldChoice(wanted);
  }

  @Override
  public String name() {
    return "vmstat";
  }

  @Override
  public void collect(Families out) throws IOException {
    for (String line : KernelText.lines(fs.read(fs.proc("vmstat")))) {
      int space = line.indexOf(' ');
      if (space < 0) {
        throw new IOException("no value in vmstat: " + line);
      }
      String field = line.substring(0, space);
      if (wanted.includes(field)) {
        out.untyped("node_vmstat_" + field, "/proc/vmstat information field " + field + ".")
            .add(KernelText.decimal(line.substring(space + 1).strip()));
      }
    }
  }
}
