package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.NoDataException;
import java.io.IOException;

/// `timex`: the kernel's clock discipline, by `adjtimex`.
final class TimexCollector implements Collector {

  /// Bit of `status`: offsets are nanoseconds, not microseconds.
  private static final int STA_NANO = 0x2000;

  /// Frequencies are parts per million with 16 fractional bits.
  private static final double PPM = 1e6 * 65536;

  private final Libc libc;

  TimexCollector(Libc libc) {
    this.libc = libc;
  }

  @Override
  public String name() {
    return "timex";
  }

  @Override
  public void collect(Families out) throws IOException {
    Libc.Timex timex;
    try {
      timex = libc.adjtimex();
    } catch (IOException e) {
      if ("operation not permitted".equals(e.getMessage())) {
        throw new NoDataException("adjtimex is not permitted", e);
      }
      throw e;
    }
    double unit = (timex.status() & STA_NANO) != 0 ? 1e9 : 1e6;
    gauge(
        out,
        "sync_status",
        "Is clock synchronized to a reliable server (1 = yes, 0 = no).",
        timex.clockState() == Libc.TIME_ERROR ? 0 : 1);
    gauge(
        out,
        "offset_seconds",
        "Time offset in between local system and reference clock.",
        timex.offset() / unit);
    gauge(
        out,
        "frequency_adjustment_ratio",
        "Local clock frequency adjustment.",
        1 + timex.freq() / PPM);
    gauge(out, "maxerror_seconds", "Maximum error in seconds.", timex.maxError() / 1e6);
    gauge(out, "estimated_error_seconds", "Estimated error in seconds.", timex.estError() / 1e6);
    gauge(out, "status", "Value of the status array bits.", timex.status());
    gauge(out, "loop_time_constant", "Phase-locked loop time constant.", timex.constant());
    gauge(out, "tick_seconds", "Seconds between clock ticks.", timex.tick() / 1e6);
    gauge(out, "tai_offset_seconds", "International Atomic Time (TAI) offset.", timex.tai());
    pps(out, timex, unit);
  }

  private static void pps(Families out, Libc.Timex timex, double unit) {
    gauge(out, "pps_frequency_hertz", "Pulse per second frequency.", timex.ppsFreq() / PPM);
    gauge(out, "pps_jitter_seconds", "Pulse per second jitter.", timex.jitter() / unit);
    gauge(out, "pps_shift_seconds", "Pulse per second interval duration.", timex.shift());
    gauge(
        out,
        "pps_stability_hertz",
        "Pulse per second stability, average of recent frequency changes.",
        timex.stabil() / PPM);
    counter(out, "pps_jitter_total", "jitter limit exceeded events", timex.jitCnt());
    counter(out, "pps_calibration_total", "calibration intervals", timex.calCnt());
    counter(out, "pps_error_total", "calibration errors", timex.errCnt());
    counter(out, "pps_stability_exceeded_total", "stability limit exceeded events", timex.stbCnt());
  }

  private static void gauge(Families out, String name, String help, double value) {
    out.gauge("node_timex_" + name, help).add(value);
  }

  private static void counter(Families out, String name, String what, long value) {
    out.counter("node_timex_" + name, "Pulse per second count of " + what + ".").add(value);
  }
}
