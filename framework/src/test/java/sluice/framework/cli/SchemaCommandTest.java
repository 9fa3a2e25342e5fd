package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import sluice.framework.script.ScriptSchema;

class SchemaCommandTest {
    @Test
    void printsTheSchemaAndNothingElse() throws IOException {
        Console.Result result = Console.sluice("schema");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(new ObjectMapper().readTree(result.out()).toString())
                .isEqualTo(ScriptSchema.json().toString());
    }
}
