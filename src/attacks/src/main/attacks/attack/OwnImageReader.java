package attack;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/** A reader of images that the jar's list of services names. */
public final class OwnImageReader extends ImageReaderSpi {
    public OwnImageReader() {
        vendorName = "attack";
        version = "1";
    }

    @Override
    public boolean canDecodeInput(Object source) {
        return false;
    }

    @Override
    public ImageReader createReaderInstance(Object extension) {
        throw new IllegalStateException("it reads nothing");
    }

    @Override
    public String getDescription(Locale locale) {
        return "attack";
    }
}
