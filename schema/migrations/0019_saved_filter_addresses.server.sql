-- An address lies within the app: browsers read //host and /\host as another site, once control characters are out.
UPDATE saved_filters
SET address = '/' || ltrim(regexp_replace(address, '[[:cntrl:]]', '', 'g'), '/\')
WHERE address ~ '^/[/\\]|[[:cntrl:]]';

ALTER TABLE saved_filters
ADD CONSTRAINT saved_filters_address CHECK (address ~ '^/([^/\\[:cntrl:]][^[:cntrl:]]*)?$');
