package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;

/// `filefd`: open files of the whole system, of `/proc/sys/fs/file-nr`.
final class FilefdCollector implements Collector {

  private final ProcFs fs;

  FilefdCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "filefd";
  }

  @Override
  public void collect(Families out) throws IOException {
    String[] parts = fs.value(fs.proc("sys/fs/file-nr")).split("\t", -1);
    if (parts.length < 3) {
      throw new IOException("couldn't get file-nr: unexpected number of file stats");
    }
    out.gauge("node_filefd_allocated", "File descriptor statistics: allocated.")
        .add(KernelText.decimal(parts[0]));
    out.gauge("node_filefd_maximum", "File descriptor statistics: maximum.")
        .add(KernelText.decimal(parts[2]));
  }
}
