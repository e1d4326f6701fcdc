package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// `bonding`: slaves of bonding interfaces and how many of them are up.
final class BondingCollector implements Collector {

  private final ProcFs fs;

  BondingCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "bonding";
  }

  @Override
  public void collect(Families out) throws IOException {
    String masters;
    try {
      masters = fs.read(fs.sys("class/net/bonding_masters"));
    } catch (NoSuchFileException e) {
      throw new NoDataException("Not collecting bonding, file does not exist", e);
    }
    for (String master : KernelText.fields(masters)) {
      Path path = fs.sys("class/net").resolve(master);
      int slaves = 0;
      int active = 0;
      for (String slave : KernelText.fields(fs.read(path.resolve("bonding/slaves")))) {
        slaves++;
        active += isUp(path, slave) ? 1 : 0;
      }
      out.gauge(
              "node_bonding_slaves", "Number of configured slaves per bonding interface.", "master")
          .add(slaves, master);
      out.gauge("node_bonding_active", "Number of active slaves per bonding interface.", "master")
          .add(active, master);
    }
  }

  /// Old kernels name the link `slave_`.
  private boolean isUp(Path master, String slave) throws IOException {
    String file = "/bonding_slave/mii_status";
    try {
      return fs.value(master.resolve("lower_" + slave + file)).equals("up");
    } catch (NoSuchFileException e) {
      return fs.value(master.resolve("slave_" + slave + file)).equals("up");
    }
  }
}
