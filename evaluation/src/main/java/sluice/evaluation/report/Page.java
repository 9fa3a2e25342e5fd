package sluice.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.html.HtmlEscapers;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The page: one file with its style, its scripts and its data. Its content security policy lets nothing be loaded, and no
 * script run but the two that are known by their SHA-256; data are JSON in which no character ends a script.
 */
final class Page {
    private static final String CHARTS = "echarts/echarts.min.js";

    /** The scripts of a page that tells what was forgotten. */
    static final ImmutableList<String> OF_TASKS = ImmutableList.of(
            "elements.js",
            "colours.js",
            "chart.js",
            "summary.js",
            "continual.js",
            "budgets.js",
            "accuracy.js",
            "strategies.js",
            "gates.js",
            "tasks.js",
            "tuning.js",
            "examples.js",
            "provenance.js",
            "forgetting.js",
            "page.js");

    /** The scripts of a page of networks that generate. */
    static final ImmutableList<String> OF_GENERATORS = ImmutableList.of(
            "elements.js", "colours.js", "chart.js", "summary.js", "provenance.js", "generators.js", "page.js");

    private Page() {}

    /** The whole file, lines ending in \n. */
    static String of(JsonNode data, String title, List<String> scripts) {
        String charts = text(CHARTS).strip();
        StringBuilder own = new StringBuilder("\"use strict\";\n(() => {\n");
        scripts.forEach(name -> own.append(text(name)));
        String script = own.append("})();").toString();
        return fill(
                text("page.html"),
                List.of(
                        new Part("CHARTS_HASH", hash(charts)),
                        new Part("SCRIPT_HASH", hash(script)),
                        new Part("TITLE", HtmlEscapers.htmlEscaper().escape(title)),
                        new Part("STYLE", text("page.css").strip()),
                        new Part("CHARTS", charts),
                        new Part("DATA", json(data)),
                        new Part("SCRIPT", script)));
    }

    /** What takes a marker's place. */
    private record Part(String marker, String text) {}

    /** Every marker is there once, in this order; what takes its place is not looked at again. */
    private static String fill(String template, List<Part> parts) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (Part part : parts) {
            String marker = "@@" + part.marker() + "@@";
            int at = template.indexOf(marker, from);
            filled.append(template, from, at).append(part.text());
            from = at + marker.length();
        }
        return filled.append(template, from, template.length()).toString();
    }

    private static String hash(String script) {
        return Base64.getEncoder()
                .encodeToString(Hashing.sha256()
                        .hashString(script, StandardCharsets.UTF_8)
                        .asBytes());
    }

    static String text(String resource) {
        try {
            return Resources.toString(Resources.getResource(Page.class, resource), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON that may stand inside a script element: what could end it, or a line of it, is escaped. */
    static String json(JsonNode data) {
        try {
            JsonMapper mapper = JsonMapper.builder().build();
            mapper.getFactory().setCharacterEscapes(new InsideScript());
            return mapper.writeValueAsString(data);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static final class InsideScript extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final String SPECIAL = "<>&\u2028\u2029";

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            SPECIAL.chars().filter(c -> c < codes.length).forEach(c -> codes[c] = ESCAPE_STANDARD);
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return SPECIAL.indexOf(character) >= 0 || Character.isSurrogate((char) character)
                    ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", character))
                    : null;
        }
    }
}
