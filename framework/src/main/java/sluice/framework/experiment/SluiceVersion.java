package sluice.framework.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this build. */
public final class SluiceVersion {
    private SluiceVersion() {}

    /** {@return the version, as in the parent pom} */
    public static String get() {
        Properties properties = new Properties();
        try (InputStream in = SluiceVersion.class.getResourceAsStream("/sluice/version.properties")) {
            properties.load(in);
        } catch (IOException broken) {
            throw new IllegalStateException("resource /sluice/version.properties is missing from the build", broken);
        }
        return properties.getProperty("version");
    }
}
