package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// `pressure`: pressure stall information, `/proc/pressure/*`, whose totals are microseconds.
final class PressureCollector implements Collector {

  private static final String WAITING = "Total time in seconds that processes have waited ";
  private static final String STALLED =
      "Total time in seconds no process could make progress due to ";

  private final ProcFs fs;

  PressureCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "pressure";
  }

  @Override
  public void collect(Families out) throws IOException {
    boolean found = add(out, "cpu", WAITING + "for CPU time", null);
    found |= add(out, "io", WAITING + "due to IO congestion", STALLED + "IO congestion");
    found |= add(out, "memory", WAITING + "for memory", STALLED + "memory congestion");
    found |= add(out, "irq", null, STALLED + "IRQ congestion");
    if (!found) {
      throw new NoDataException(
          "pressure information is unavailable, you need a Linux kernel >= 4.20 and/or CONFIG_PSI"
              + " enabled for your kernel");
    }
  }

  /// Adds what a resource has; a null help says that it does not have this kind.
  private boolean add(
      Families out, String resource, @Nullable String waiting, @Nullable String stalled)
      throws IOException {
    String text;
    try {
      text = fs.read(fs.proc("pressure/" + resource));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      if (ProcFs.unreadable(e)) {
        throw new NoDataException(
            "pressure information is disabled, add psi=1 kernel command line to enable it", e);
      }
      throw e;
    }
    String family = "node_pressure_" + resource;
    if (waiting != null) {
      out.counter(family + "_waiting_seconds_total", waiting)
          .add(total(text, "some") / 1000 / 1000);
    }
    if (stalled != null) {
      out.counter(family + "_stalled_seconds_total", stalled)
          .add(total(text, "full") / 1000 / 1000);
    }
    return true;
  }

  private static double total(String text, String kind) throws IOException {
    for (String line : KernelText.lines(text)) {
      int at = line.indexOf("total=");
      if (line.startsWith(kind) && at >= 0) {
        return KernelText.unsigned(line.substring(at + "total=".length()).strip());
      }
    }
    throw new NoDataException("pressure information returned no '" + kind + "' data");
  }
}
