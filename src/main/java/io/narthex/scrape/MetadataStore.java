package io.narthex.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.model.sample.Metadata;
import io.narthex.model.sample.MetricType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What one target says of its metric families. A family is forgotten ten scrapes after it was last
/// seen. Written by one scrape at a time, read from any thread.
final class MetadataStore {

  /// Scrapes for which a family that has vanished is remembered.
  private static final int RETENTION = 10;

  private static final Metadata NOTHING = new Metadata(MetricType.UNKNOWN, "", "");

  private final Map<String, Family> byName = new ConcurrentHashMap<>();
  private final List<@Nullable Family> byId = new ArrayList<>();
  private final TextPool texts;
  private long scrape;

  MetadataStore(TextPool texts) {
    this.texts = texts;
  }

  private static final class Family {
    final int id;
    final int nameBytes;
    volatile Metadata metadata = NOTHING;
    long lastScrape;

    Family(int id, int nameBytes) {
      this.id = id;
      this.nameBytes = nameBytes;
    }
  }

  /// Begins a scrape.
  void begin() {
    scrape++;
  }

  /// Notes a type; returns the family's id.
  int type(String name, MetricType type) {
    Family family = family(name);
    Metadata old = family.metadata;
    if (old.type() != type) {
      family.metadata = texts.shared(new Metadata(type, old.unit(), old.help()));
    }
    return family.id;
  }

  /// Notes a help text; returns the family's id.
  int help(String name, String help) {
    Family family = family(name);
    Metadata old = family.metadata;
    if (!old.help().equals(help)) {
      family.metadata = texts.shared(new Metadata(old.type(), old.unit(), texts.shared(help)));
    }
    return family.id;
  }

  /// Notes a unit; returns the family's id.
  int unit(String name, String unit) {
    Family family = family(name);
    Metadata old = family.metadata;
    if (!old.unit().equals(unit)) {
      family.metadata = texts.shared(new Metadata(old.type(), texts.shared(unit), old.help()));
    }
    return family.id;
  }

  private Family family(String name) {
    Family family = byName.get(name);
    if (family == null) {
      int id = byId.indexOf(null);
      if (id < 0) {
        id = byId.size();
        byId.add(null);
      }
      family = new Family(id, name.getBytes(UTF_8).length);
      byId.set(id, family);
      byName.put(texts.shared(name), family);
    }
    family.lastScrape = scrape;
    return family;
  }

  /// Notes that a family was seen again as it was.
  void seen(int id) {
    Family family = byId.get(id);
    if (family != null) {
      family.lastScrape = scrape;
    }
  }

  /// Ends a scrape that went well: forgets what vanished long ago.
  void end() {
    if (scrape % RETENTION != 0) {
      return;
    }
    byName
        .values()
        .removeIf(family -> {
          boolean old = scrape - family.lastScrape > RETENTION;
          if (old) {
            byId.set(family.id, null);
          }
          return old;
        });
  }

  /// What is known of a family, or null.
  @Nullable Metadata get(String name) {
    Family family = byName.get(name);
    return family == null ? null : family.metadata;
  }

  /// The unit of the family with an id.
  String unit(int id) {
    Family family = byId.get(id);
    return family == null ? "" : family.metadata.unit();
  }

  /// Length of the name of the family with an id, in UTF-8; 0 if there is none.
  int nameBytes(int id) {
    Family family = id < 0 ? null : byId.get(id);
    return family == null ? 0 : family.nameBytes;
  }

  Collection<MetricMetadata> all() {
    List<MetricMetadata> all = new ArrayList<>(byName.size());
    byName.forEach((name, family) -> all.add(new MetricMetadata(name, family.metadata)));
    return all;
  }

  int size() {
    return byName.size();
  }

  /// Bytes of the texts, roughly.
  long sizeBytes() {
    long bytes = 0;
    for (Family family : byName.values()) {
      Metadata m = family.metadata;
      bytes += m.help().length() + m.unit().length() + m.type().text().length();
    }
    return bytes;
  }
}
