package io.narthex.exporter.node;

import io.narthex.exporter.Families;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.Collections;

/// Addresses of network devices, as an info family.
final class NetAddresses {

  private NetAddresses() {}

  static void collect(Families out, NameFilter devices) throws IOException {
    for (NetworkInterface device : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (devices.ignores(device.getName())) {
        continue;
      }
      for (InterfaceAddress address : device.getInterfaceAddresses()) {
        out.gauge(
                "node_network_address_info",
                "node network address by device",
                "device",
                "address",
                "netmask",
                "scope")
            .add(
                1,
                device.getName(),
                text(address.getAddress()),
                Integer.toString(address.getNetworkPrefixLength()),
                scope(address.getAddress()));
      }
    }
  }

  private static String text(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? address.getHostAddress() : Ipv6Text.of(bytes);
  }

  private static String scope(InetAddress ip) {
    if (ip.isLoopbackAddress() || ip.isLinkLocalAddress() || ip.isMCLinkLocal()) {
      return "link-local";
    }
    if (ip.isMCNodeLocal()) {
      return "interface-local";
    }
    return ip.isAnyLocalAddress() || ip.isMulticastAddress() ? "" : "global";
  }
}
