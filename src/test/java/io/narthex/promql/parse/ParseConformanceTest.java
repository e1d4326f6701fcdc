package io.narthex.promql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Features;
import io.narthex.promql.ast.Function;
import io.narthex.testing.Cases;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The peers' cases of the language: tokens, errors, texts, signatures.
class ParseConformanceTest {

  @Test
  void errors() {
    Cases.of("parse/promql_expr.json")
        .run(c -> {
          String query = Cases.text(c, "query");
          if (c.getBoolean("ok")) {
            PromqlParser.parse(query, Features.ALL);
            return;
          }
          ParseException e =
              assertThrows(ParseException.class, () -> PromqlParser.parse(query, Features.ALL));
          assertEquals(c.getString("error"), e.getMessage());
          List<ParseError> expected = new ArrayList<>();
          for (Object o : c.getJsonArray("errors")) {
            JsonObject error = (JsonObject) o;
            expected.add(
                new ParseError(
                    error.getInteger("start"),
                    error.getInteger("end"),
                    error.getString("message")));
          }
          assertEquals(expected, e.errors());
        });
  }

  @Test
  void tokens() {
    Cases.of("parse/promql_lexer.json")
        .run(c -> {
          QueryText text = QueryText.of(Cases.text(c, "input"));
          List<Token> tokens = lex(text, c.getBoolean("series_desc", false));
          boolean error = tokens.stream().anyMatch(t -> t.type() == Tok.ERROR);
          if (c.getBoolean("fail", false)) {
            assertTrue(error, () -> tokens.toString());
            return;
          }
          List<List<Object>> expected = new ArrayList<>();
          for (Object o : c.getJsonArray("tokens", new JsonArray())) {
            expected.add(((JsonArray) o).stream().toList());
          }
          List<List<Object>> got = new ArrayList<>();
          for (Token t : tokens) {
            got.add(List.of(t.type().name(), t.start(), t.text()));
          }
          assertEquals(expected, got);
        });
  }

  private static List<Token> lex(QueryText text, boolean series) {
    TokenStream.Source source = series ? new SeriesLexer(text)::next : new Lexer(text)::next;
    List<Token> tokens = new ArrayList<>();
    Token token = source.next();
    while (token.type() != Tok.EOF) {
      tokens.add(token);
      token = source.next();
    }
    return tokens;
  }

  @Test
  void texts() {
    Cases.of("parse/promql_string.json")
        .run(c -> {
          Expr expr = PromqlParser.parse(Cases.text(c, "query"), Features.ALL);
          assertEquals(c.getString("string"), ExprPrinter.print(expr));
        });
  }

  @Test
  void prettyTexts() {
    Cases.of("parse/promql_pretty.json")
        .run(c -> {
          Expr expr = PromqlParser.parse(Cases.text(c, "query"), Features.ALL);
          assertEquals(c.getString("pretty"), PrettyPrinter.print(expr, 10));
        });
  }

  @Test
  void prettyTextsOfTheApi() {
    Cases.of("parse/promql_expr.json")
        .run(c -> {
          if (c.getString("pretty") == null) {
            return;
          }
          Expr expr = PromqlParser.parse(Cases.text(c, "query"), Features.ALL);
          assertEquals(
              c.getString("pretty"), PrettyPrinter.print(expr, PrettyPrinter.API_LINE_BYTES));
        });
  }

  @Test
  void signatures() {
    Cases cases = Cases.of("parse/functions.json");
    assertEquals(cases.file().getJsonArray("cases").size(), Functions.all().size());
    cases.run(c -> {
      Function f = Functions.find(c.getString("name"));
      assertNotNull(f);
      assertEquals(
          c.getJsonArray("argTypes").stream().toList(),
          f.args().stream().<Object>map(t -> t.text()).toList());
      assertEquals(c.getInteger("variadic"), f.variadic());
      assertEquals(c.getString("returnType"), f.returns().text());
      assertEquals(c.getBoolean("experimental"), f.experimental());
    });
  }
}
