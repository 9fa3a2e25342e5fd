package sluice.framework.predict;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import sluice.framework.predict.file.Description;

/** What the data call classes. */
final class ClassesByName {
    private ClassesByName() {}

    /**
     * Names by output; labels where there are no names.
     *
     * @param json a list of names, or null
     */
    static List<String> of(String json, List<Integer> labels) throws IOException {
        if (json == null) {
            return labels.stream().map(String::valueOf).toList();
        }
        List<String> names = Description.parse(json.getBytes(StandardCharsets.UTF_8)).list().stream()
                .map(Description::text)
                .toList();
        checkArgument(names.size() == labels.size(), "%s outputs do not go by the names %s", labels.size(), json);
        return names;
    }
}
