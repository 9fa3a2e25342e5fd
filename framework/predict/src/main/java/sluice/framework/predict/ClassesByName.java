package sluice.framework.predict;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import sluice.framework.predict.file.Description;

/** What the data call classes. */
final class ClassesByName {
    private ClassesByName() {}

    /**
     * Names by output; labels where there are no names.
     *
     * @param provenance of the model
     * @param prefix what the keys begin with that are about these classes
     * @param labels by output
     */
    static List<String> of(Map<String, String> provenance, String prefix, List<Integer> labels) throws IOException {
        String names = provenance.get(prefix + "classes");
        if (names != null) {
            List<String> all =
                    parse(names).list().stream().map(Description::text).toList();
            checkArgument(all.size() == labels.size(), "%s outputs do not go by the names %s", labels.size(), names);
            return all;
        }
        String table = provenance.get(prefix + "table"); // of earlier builds
        List<Description> numbered =
                table == null ? List.of() : parse(table).get("classes").list();
        return numbered.isEmpty()
                ? labels.stream().map(String::valueOf).toList()
                : labels.stream().map(label -> numbered.get(label).text()).toList();
    }

    private static Description parse(String json) throws IOException {
        return Description.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
