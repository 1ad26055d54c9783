"""The domain, pure: no await, no telegram, no SQL, no environment, no clock."""
