package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// `kernel_hung`: tasks that the kernel found hung.
final class KernelHungCollector implements Collector {

  private final ProcFs fs;

  KernelHungCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "kernel_hung";
  }

  @Override
  public void collect(Families out) throws IOException {
    double hung;
    try {
      hung = fs.number(fs.proc("sys/kernel/hung_task_detect_count"));
    } catch (NoSuchFileException e) {
      throw new NoDataException("hung_task_detect_count does not exist", e);
    }
    out.counter(
            "node_kernel_hung_tasks_total",
            "Total number of tasks that have been detected as hung since the system booted.")
        .add(hung);
  }
}
