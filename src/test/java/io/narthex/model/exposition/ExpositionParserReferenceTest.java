package io.narthex.model.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.model.exposition.ExpositionParser.Entry;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.Exemplar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The reference's documents and their entries, its broken documents and their errors.
final class ExpositionParserReferenceTest {

  @TestFactory
  Stream<DynamicTest> textDocuments() {
    return ReferenceData.cases("textparse/prom_parse.json").stream()
        .map(c -> document(c, new PrometheusParser()));
  }

  @TestFactory
  Stream<DynamicTest> openMetricsDocuments() {
    return ReferenceData.cases("textparse/openmetrics_parse.json").stream()
        .filter(c -> !c.getJsonArray("options").contains("type_and_unit_labels"))
        .map(c -> document(c, new OpenMetricsParser()));
  }

  @TestFactory
  Stream<DynamicTest> textErrors() {
    return ReferenceData.cases("textparse/prom_errors.json").stream()
        .map(c -> error(c, new PrometheusParser()));
  }

  @TestFactory
  Stream<DynamicTest> openMetricsErrors() {
    return ReferenceData.cases("textparse/openmetrics_errors.json").stream()
        .map(c -> error(c, new OpenMetricsParser()));
  }

  private static DynamicTest document(JsonObject c, ExpositionParser parser) {
    return DynamicTest.dynamicTest(
        c.getString("name"),
        () -> {
          List<String> expected = new ArrayList<>();
          JsonArray entries = c.getJsonArray("expected");
          for (int i = 0; i < entries.size(); i++) {
            expected.add(describe(entries.getJsonObject(i)));
          }
          byte[] body = ReferenceData.input(c.getValue("input"));
          boolean textOnly = !entries.getJsonObject(entries.size() - 1).containsKey("labels");
          if (textOnly && parser instanceof OpenMetricsParser) {
            assertEquals(expected, texts(parser, body));
            return;
          }
          assertEquals(String.join("\n", expected), String.join("\n", entries(parser, body)));
        });
  }

  private static DynamicTest error(JsonObject c, ExpositionParser parser) {
    byte[] body = ReferenceData.input(c.getValue("input"));
    return DynamicTest.dynamicTest(
        "body " + new String(body, UTF_8),
        () -> {
          String message = "";
          try {
            entries(parser, body);
          } catch (ExpositionException e) {
            message = e.getMessage();
          }
          assertEquals(c.getString("error"), message);
        });
  }

  private static String describe(JsonObject e) {
    if (e.containsKey("text") && !e.containsKey("labels")) {
      return e.getString("text");
    }
    if (e.containsKey("text")) {
      String line =
          e.getString("text")
              + " "
              + LabelsBuilderOf.map(
                  ReferenceData.strings(e.getJsonObject("labels", new JsonObject())))
              + " "
              + ReferenceData.number(e.getValue("value"));
      JsonArray exemplars = e.getJsonArray("exemplars", new JsonArray());
      for (int i = 0; i < exemplars.size(); i++) {
        JsonObject x = exemplars.getJsonObject(i);
        line +=
            " # "
                + LabelsBuilderOf.map(ReferenceData.strings(x.getJsonObject("labels")))
                + " "
                + ReferenceData.number(x.getValue("value"))
                + (x.containsKey("timestamp_ms") ? " @" + x.getLong("timestamp_ms") : "");
      }
      return line;
    }
    for (String kind : List.of("help", "type", "unit")) {
      if (e.containsKey(kind)) {
        return kind + " " + e.getString("metric") + " " + e.getString(kind);
      }
    }
    return "comment " + e.getString("comment");
  }

  /// The entries without `_created` lines: those are no samples where start timestamps are wanted.
  private static List<String> entries(ExpositionParser parser, byte[] body) {
    parser.reset(body, body.length);
    List<String> entries = new ArrayList<>();
    for (Entry entry = parser.next(); entry != Entry.END; entry = parser.next()) {
      if (entry == Entry.SERIES && parser.isCreated()) {
        continue;
      }
      entries.add(
          switch (entry) {
            case HELP -> "help " + parser.family() + " " + parser.text();
            case TYPE -> "type " + parser.family() + " " + parser.type().text();
            case UNIT -> "unit " + parser.family() + " " + parser.text();
            case COMMENT -> "comment " + parser.comment();
            case SERIES -> sample(parser, body);
            case END -> throw new AssertionError();
          });
    }
    return entries;
  }

  private static List<String> texts(ExpositionParser parser, byte[] body) {
    parser.reset(body, body.length);
    List<String> texts = new ArrayList<>();
    while (parser.next() != Entry.END) {
      texts.add(seriesText(parser, body));
    }
    return texts;
  }

  private static String seriesText(ExpositionParser parser, byte[] body) {
    return new String(body, parser.entryStart(), parser.seriesEnd() - parser.entryStart(), UTF_8);
  }

  private static String sample(ExpositionParser parser, byte[] body) {
    LabelsBuilder labels = new LabelsBuilder();
    parser.labels(labels);
    String line =
        new String(body, parser.entryStart(), parser.seriesEnd() - parser.entryStart(), UTF_8)
            + " "
            + LabelsBuilderOf.text(labels)
            + " "
            + parser.value();
    Exemplar exemplar = parser.exemplar();
    if (exemplar != null) {
      line +=
          " # "
              + exemplar.labels()
              + " "
              + exemplar.value()
              + (exemplar.hasTimestamp() ? " @" + exemplar.tMs() : "");
    }
    return line;
  }
}
