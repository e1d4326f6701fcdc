package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.Path;

/// `thermal_zone`: temperatures of zones and states of cooling devices, `/sys/class/thermal`.
final class ThermalZoneCollector implements Collector {

  private static final String ZONE = "thermal_zone";
  private static final String COOLING = "cooling_device";

  private final ProcFs fs;

  ThermalZoneCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "thermal_zone";
  }

  @Override
  public void collect(Families out) throws IOException {
    Path thermal = fs.sys("class/thermal");
    for (String zone : fs.numbered(thermal, ZONE)) {
      String type = text(thermal.resolve(zone), "type");
      String milliCelsius = text(thermal.resolve(zone), "temp");
      out.gauge("node_thermal_zone_temp", "Zone temperature in Celsius", "zone", "type")
          .add(
              milliCelsius.isEmpty() ? 0 : KernelText.signed(milliCelsius) / 1000.0,
              zone.substring(ZONE.length()),
              type);
    }
    for (String device : fs.numbered(thermal, COOLING)) {
      cooling(out, thermal.resolve(device), device.substring(COOLING.length()));
    }
  }

  private void cooling(Families out, Path path, String name) throws IOException {
    String type = text(path, "type");
    String now = text(path, "cur_state");
    String most = text(path, "max_state");
    if (now.isEmpty() || most.isEmpty()) {
      return;
    }
    out.gauge(
            "node_cooling_device_cur_state",
            "Current throttle state of the cooling device",
            "name",
            "type")
        .add(KernelText.signed(now), name, type);
    out.gauge(
            "node_cooling_device_max_state",
            "Maximum throttle state of the cooling device",
            "name",
            "type")
        .add(KernelText.signed(most), name, type);
  }

  /// A device that sleeps has files that cannot be read.
  private String text(Path path, String file) throws IOException {
    String value = fs.valueIfReadable(path.resolve(file));
    return value == null ? "" : value;
  }
}
