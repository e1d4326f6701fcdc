package io.narthex.exporter.node;

import io.narthex.clock.Clock;
import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/// `time`: the wall clock, its zone and its sources.
final class TimeCollector implements Collector {

  private static final String SOURCES = "devices/system/clocksource";
  private static final String READ_FROM = " read from '/sys/devices/system/clocksource'.";

  private final ProcFs fs;
  private final Clock clock;

  TimeCollector(ProcFs fs, Clock clock) {
    this.fs = fs;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "time";
  }

  @Override
  public void collect(Families out) throws IOException {
    long nowMs = clock.nowMs();
    out.gauge("node_time_seconds", "System time in seconds since epoch (1970).").add(nowMs / 1e3);
    TimeZone zone = TimeZone.getDefault();
    int offsetMs = zone.getOffset(nowMs);
    boolean summer = offsetMs != zone.getRawOffset();
    out.gauge("node_time_zone_offset_seconds", "System time zone offset in seconds.", "time_zone")
        .add(offsetMs / 1000, zone.getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH));
    List<String> devices = fs.numbered(fs.sys(SOURCES), "clocksource");
    for (int i = 0; i < devices.size(); i++) {
      source(out, fs.sys(SOURCES).resolve(devices.get(i)), Integer.toString(i));
    }
  }

  private void source(Families out, Path device, String number) throws IOException {
    for (String source : KernelText.fields(fs.read(device.resolve("available_clocksource")))) {
      out.gauge(
              "node_time_clocksource_available_info",
              "Available clocksources" + READ_FROM,
              "device",
              "clocksource")
          .add(1, number, source);
    }
    out.gauge(
            "node_time_clocksource_current_info",
            "Current clocksource" + READ_FROM,
            "device",
            "clocksource")
        .add(1, number, fs.value(device.resolve("current_clocksource")));
  }
}
