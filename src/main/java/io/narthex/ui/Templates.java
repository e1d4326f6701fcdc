package io.narthex.ui;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The page templates, `templates/<name>.html` on the class path. Each value that a template prints
/// is escaped for HTML, text and attributes alike; an unknown name in a template is an error.
///
/// Thread rule: may be used from any thread.
final class Templates {

  private static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);

  private final Engine engine;
  private final ClassLoader resources;

  Templates(ClassLoader resources) {
    this.resources = resources;
    this.engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .addLocator(this::locate)
            .build();
  }

  /// The page `name` with `values` by the names that the template uses.
  ///
  /// @throws IllegalStateException if there is no such template
  String render(String name, Map<String, ?> values) {
    Template template = engine.getTemplate(name);
    if (template == null) {
      throw new IllegalStateException("BUG: no template templates/" + name + ".html");
    }
    TemplateInstance page = template.instance();
    values.forEach(page::data);
    return page.render();
  }

  private Optional<TemplateLocation> locate(String id) {
    InputStream in = resources.getResourceAsStream("templates/" + id + ".html");
    if (in == null) {
      return Optional.empty();
    }
    try (in) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(new Html(text));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read templates/" + id + ".html", e);
    }
  }

  private record Html(String text) implements TemplateLocation {

    @Override
    public Reader read() {
      return new StringReader(text);
    }

    @Override
    public Optional<Variant> getVariant() {
      return Optional.of(HTML);
    }
  }
}
