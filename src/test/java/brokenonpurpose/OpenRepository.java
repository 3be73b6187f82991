package brokenonpurpose;

import org.springframework.data.repository.Repository;

/** Seen by every module. */
public interface OpenRepository extends Repository<OpenEntity, Long> {}
