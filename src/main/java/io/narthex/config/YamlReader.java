package io.narthex.config;

import io.narthex.config.YamlNode.Entry;
import io.narthex.config.YamlNode.Mapping;
import io.narthex.config.YamlNode.Scalar;
import io.narthex.config.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the first document of a YAML text as located nodes.
public final class YamlReader {

  private final String file;
  private final Iterator<Event> events;
  private final Map<Anchor, YamlNode> anchors = new HashMap<>();

  private YamlReader(String file, String text) {
    this.file = file;
    this.events =
        new Parse(LoadSettings.builder().setLabel(file).build()).parseString(text).iterator();
  }

  /// The first document of `text`; nothing (a null scalar) if there is none.
  ///
  /// @param file what places call the text
  /// @throws ConfigException if `text` is no YAML
  public static YamlNode read(String file, String text) {
    YamlReader reader = new YamlReader(file, text);
    try {
      return reader.document();
    } catch (MarkedYamlEngineException e) {
      Place place = reader.place(e.getProblemMark().or(e::getContextMark));
      throw new ConfigException(place, "yaml: line " + place.line() + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ConfigException(Place.startOf(file), "yaml: " + e.getMessage());
    }
  }

  private YamlNode document() {
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent node) {
        return node(node);
      }
    }
    return new Scalar(Place.startOf(file), "", ScalarType.NULL);
  }

  private YamlNode node(Event event) {
    return switch (event) {
      case AliasEvent alias -> aliased(alias);
      case ScalarEvent scalar -> anchored(scalar.getAnchor(), scalar(scalar));
      case SequenceStartEvent start -> anchored(start.getAnchor(), sequence(start));
      case MappingStartEvent start -> anchored(start.getAnchor(), mapping(start));
      default -> throw new IllegalStateException("BUG: no node begins with " + event);
    };
  }

  private YamlNode anchored(Optional<Anchor> anchor, YamlNode node) {
    anchor.ifPresent(a -> anchors.put(a, node));
    return node;
  }

  private YamlNode aliased(AliasEvent alias) {
    YamlNode node = anchors.get(alias.getAlias());
    if (node == null) {
      throw new ConfigException(
          place(alias.getStartMark()),
          "yaml: unknown anchor '" + alias.getAlias() + "' referenced");
    }
    return node;
  }

  private Scalar scalar(ScalarEvent event) {
    Place place = place(event.getStartMark());
    String tag = event.getTag().orElse("");
    String text = event.getValue();
    if (tag.equals("tag:yaml.org,2002:binary")) {
      return new Scalar(place, BinaryText.decode(place, text), ScalarType.STRING);
    }
    boolean plain = event.isPlain() && tag.isEmpty();
    return new Scalar(place, text, plain ? ScalarType.ofPlain(text) : tagged(tag, text));
  }

  private static ScalarType tagged(String tag, String text) {
    return switch (tag) {
      case "tag:yaml.org,2002:null" -> ScalarType.NULL;
      case "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float" ->
          ScalarType.ofPlain(text);
      default -> ScalarType.STRING;
    };
  }

  private Sequence sequence(SequenceStartEvent start) {
    List<YamlNode> items = new ArrayList<>();
    for (Event next = events.next(); next instanceof NodeEvent; next = events.next()) {
      if (isEnd(next)) {
        break;
      }
      items.add(node(next));
    }
    return new Sequence(place(start.getStartMark()), List.copyOf(items));
  }

  private static boolean isEnd(Event event) {
    return event.getEventId() == Event.ID.SequenceEnd || event.getEventId() == Event.ID.MappingEnd;
  }

  private Mapping mapping(MappingStartEvent start) {
    List<Entry> entries = new ArrayList<>();
    List<Entry> merged = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Event next = events.next(); !isEnd(next); next = events.next()) {
      YamlNode key = node(next);
      YamlNode value = node(events.next());
      if (!(key instanceof Scalar name)) {
        throw ConfigException.unmarshal(
            key.place(), "cannot unmarshal " + key.tag() + " into string");
      }
      if (name.text().equals("<<") && next instanceof ScalarEvent plain && plain.isPlain()) {
        merged.addAll(mergedFrom(value));
      } else if (keys.add(name.text())) {
        entries.add(new Entry(name.text(), name.place(), value));
      } else {
        throw ConfigException.unmarshal(
            name.place(), "key \"" + name.text() + "\" already set in map");
      }
    }
    merged.stream().filter(entry -> keys.add(entry.key())).forEach(entries::add);
    return new Mapping(place(start.getStartMark()), List.copyOf(entries));
  }

  /// The entries that a merge key brings; of several mappings the first one wins.
  private static List<Entry> mergedFrom(YamlNode value) {
    return switch (value) {
      case Mapping mapping -> mapping.entries();
      case Sequence sequence ->
          sequence.items().stream().flatMap(item -> mergedFrom(item).stream()).toList();
      case Scalar scalar ->
          throw new ConfigException(
              scalar.place(), "yaml: map merge requires map or sequence of maps as the value");
    };
  }

  private Place place(Optional<Mark> mark) {
    return mark.map(m -> new Place(file, m.getLine() + 1, m.getColumn() + 1))
        .orElseGet(() -> Place.startOf(file));
  }
}
